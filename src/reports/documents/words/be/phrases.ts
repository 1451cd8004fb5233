import type { Phrases, Words } from '../words.js';

/** After "ад … да" stands the genitive, after "не менш за" the accusative. */
export const UNITS: Words['units'] = {
  days: {
    count: { one: 'дзень', few: 'дні', many: 'дзён', other: 'дня' },
    between: { one: 'дня', few: 'дзён', many: 'дзён', other: 'дзён' },
    atLeast: { one: 'дзень', few: 'дні', many: 'дзён', other: 'дня' },
  },
  hours: {
    count: { one: 'гадзіна', few: 'гадзіны', many: 'гадзін', other: 'гадзіны' },
    between: { one: 'гадзіны', few: 'гадзін', many: 'гадзін', other: 'гадзін' },
    atLeast: { one: 'гадзіну', few: 'гадзіны', many: 'гадзін', other: 'гадзіны' },
  },
  persons: {
    count: { one: 'чалавек', few: 'чалавекі', many: 'чалавек', other: 'чалавека' },
    between: { one: 'чалавека', few: 'чалавек', many: 'чалавек', other: 'чалавек' },
    atLeast: { one: 'чалавека', few: 'чалавекі', many: 'чалавек', other: 'чалавека' },
  },
  base_units: {
    count: {
      one: 'базавая велічыня',
      few: 'базавыя велічыні',
      many: 'базавых велічынь',
      other: 'базавай велічыні',
    },
    between: { one: 'базавай велічыні', other: 'базавых велічынь' },
    atLeast: {
      one: 'базавую велічыню',
      few: 'базавыя велічыні',
      many: 'базавых велічынь',
      other: 'базавай велічыні',
    },
  },
};

export const PHRASES: Phrases = {
  title: {
    monthly: 'Затрыманні і спагнанні',
    detainees: 'Асобы, якіх утрымліваюць',
    person: 'Адзін чалавек: утрыманне пад вартай і спагнанні',
    campaign: 'Затрыманні падчас кампаніі',
    articles: 'Спагнанні паводле артыкулаў закона',
    'due-process': 'Доступ да адваката і ўмовы ўтрымання',
    missing: 'Што яшчэ не задакументавана',
    compliance: 'Што сталася з нашымі патрабаваннямі',
  },
  reportOf: (asOf) => `паводле стану на ${asOf}`,
  audience: { internal: 'для ўнутранага карыстання', public: 'для публікацыі' },
  notForPublication: 'Для ўнутранага карыстання. Не публікаваць.',
  basis: {
    heading: 'На чым заснаваная справаздача',
    asOf: 'Паводле стану на',
    knownAt: 'Паводле звестак на',
    position: 'Пазіцыя ў рэестры',
    filters: 'Улічана толькі',
    noFilters: 'без абмежаванняў: усё, што запісана',
    audience: 'Прызначэнне',
  },
  filters: {
    from: 'з дня',
    to: 'па дзень уключна',
    campaignId: 'кампанія',
    family: 'артыкулы пра адно правапарушэнне',
    article: 'артыкул',
    region: 'рэгіён',
    role: 'роля',
    caseId: 'справа',
  },
  caveats: {
    documented: 'задакументавана',
    at_least: 'не менш: сапраўдная лічба не ніжэйшая',
    estimated: 'ацэнка іншых, не наш падлік',
  },
  withheld: 'схавана',
  absent: 'не запісана',
  noUpperBound: 'верхняя мяжа невядомая',
  unknownDays: 'дзень невядомы',
  legend: {
    heading: 'Як чытаць значэнні',
    entries: {
      withheld:
        '«Схавана»: за лічбай стаіць занадта мала людзей, каб яе друкаваць, або з яе можна вывесці іншую.',
      absent: '«Не запісана»: у рэестры няма звестак пра гэта. Гэта не значыць, што гэтага не было.',
      zero: '«0»: сярод задакументаванага такіх выпадкаў няма.',
      atLeast: '«Не менш»: ніжняя мяжа задакументаваная, верхняя невядомая.',
      range: '«Ад 26 да 31 дня»: даты вядомыя не цалкам; гэта найменшае і найбольшае, што яны дапускаюць.',
      documented:
        '«Задакументавана»: палічана паводле спраў рэестра. Могуць быць і іншыя, нікім не запісаныя выпадкі.',
      estimated: '«Ацэнка»: сказана іншымі і ніколі не дадаецца да нашых падлікаў.',
    },
  },
  between: (least, most) => `ад ${least} да ${most}`,
  atLeast: (least) => `не менш за ${least}`,
  upTo: (most) => `не больш за ${most}`,
  uncertain: (n) => `з іх да пачатку перыяду магло быць ${n}`,
  period: (from, to) =>
    from === null
      ? to === null
        ? 'любы час'
        : `да ${to} уключна`
      : to === null
        ? `з ${from}`
        : `${from} – ${to}`,
  betweenDays: (earliest, latest) => `паміж ${earliest} і ${latest}`,
  notBefore: (day) => `не раней: ${day}`,
  notAfter: (day) => `не пазней: ${day}`,
  estimate: {
    eq: (value) => value,
    gt: (value) => `больш за ${value}`,
    ge: (value) => `не менш за ${value}`,
    about: (value) => `каля ${value}`,
    between: (value, high) => `ад ${value} да ${high}`,
  },
  figureColumns: {
    figure: 'Паказчык',
    value: 'Значэнне',
    n: 'Колькасць асоб (n)',
    caveat: 'Што гэтая лічба сцвярджае',
    definition: 'Азначэнне',
  },
  formColumns: { question: 'Пытанне', answer: 'Што вядома рэестру' },
  definitions: 'Азначэнні паказчыкаў',
  definitionRef: (id, version) => `${id}, версія ${version}`,
  dataOf: (plot) => `Тыя самыя лічбы ў табліцы: «${plot}».`,
  plotOf: { bars: 'Слупковая дыяграма', line: 'Лінейны графік', timeline: 'Часавая шкала' },
  mark: (x, series, value) => `${x}, ${series}: ${value}`,
  stretch: (x, from, to) => `${x}: пачатак ${from}, канец ${to}`,
  goingOn: 'заканчэнне не запісанае',
  lowerBound: (column) => `${column}: не менш`,
  upperBound: (column) => `${column}: не больш`,
  earliest: (column) => `${column}: не раней`,
  latest: (column) => `${column}: не пазней`,
  currencyOf: (column) => `${column}: валюта`,
  page: (page, of) => `Старонка ${page} з ${of}`,
  emptyTable: 'Запісанага, што сюды належыць, няма.',
  lastDays:
    'Паказаныя апошні дзень кожнага месяца і самы апошні дзень. Усе дні ёсць на графіку і ў гэтай справаздачы ў выглядзе CSV, JSON або электроннай табліцы.',
  everyDay: 'Усе дні',
};
