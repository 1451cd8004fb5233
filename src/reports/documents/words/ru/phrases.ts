import type { Phrases, Words } from '../words.js';

/** After "от … до" and after "не менее" stands the genitive. */
export const UNITS: Words['units'] = {
  days: {
    count: { one: 'день', few: 'дня', many: 'дней', other: 'дня' },
    between: { one: 'дня', few: 'дней', many: 'дней', other: 'дней' },
    atLeast: { one: 'дня', few: 'дней', many: 'дней', other: 'дней' },
  },
  hours: {
    count: { one: 'час', few: 'часа', many: 'часов', other: 'часа' },
    between: { one: 'часа', few: 'часов', many: 'часов', other: 'часов' },
    atLeast: { one: 'часа', few: 'часов', many: 'часов', other: 'часов' },
  },
  persons: {
    count: { one: 'человек', few: 'человека', many: 'человек', other: 'человека' },
    between: { one: 'человека', few: 'человек', many: 'человек', other: 'человек' },
    atLeast: { one: 'человека', few: 'человек', many: 'человек', other: 'человек' },
  },
  base_units: {
    count: {
      one: 'базовая величина',
      few: 'базовые величины',
      many: 'базовых величин',
      other: 'базовой величины',
    },
    between: { one: 'базовой величины', other: 'базовых величин' },
    atLeast: { one: 'базовой величины', other: 'базовых величин' },
  },
};

export const PHRASES: Phrases = {
  title: {
    monthly: 'Задержания и взыскания',
    detainees: 'Удерживаемые лица',
    person: 'Один человек: содержание под стражей и взыскания',
    campaign: 'Задержания в ходе кампании',
    articles: 'Взыскания по статьям закона',
    'due-process': 'Доступ к адвокату и условия содержания',
    missing: 'Что ещё не задокументировано',
    compliance: 'Что стало с нашими требованиями',
  },
  reportOf: (asOf) => `по состоянию на ${asOf}`,
  audience: { internal: 'для внутреннего пользования', public: 'для публикации' },
  notForPublication: 'Для внутреннего пользования. Не публиковать.',
  basis: {
    heading: 'На чём основан отчёт',
    asOf: 'По состоянию на',
    knownAt: 'По сведениям на',
    position: 'Позиция в реестре',
    filters: 'Учтено только',
    noFilters: 'без ограничений: всё, что записано',
    audience: 'Назначение',
  },
  filters: {
    from: 'с дня',
    to: 'по день включительно',
    campaignId: 'кампания',
    family: 'статьи об одном правонарушении',
    article: 'статья',
    region: 'регион',
    role: 'роль',
    caseId: 'дело',
  },
  caveats: {
    documented: 'задокументировано',
    at_least: 'не менее: действительное число не ниже',
    estimated: 'оценка других, не наш подсчёт',
  },
  withheld: 'скрыто',
  absent: 'не записано',
  noUpperBound: 'верхняя граница неизвестна',
  unknownDays: 'день неизвестен',
  legend: {
    heading: 'Как читать значения',
    entries: {
      withheld:
        '«Скрыто»: за числом стоит слишком мало людей, чтобы его печатать, или из него можно вывести другое.',
      absent: '«Не записано»: в реестре нет сведений об этом. Это не значит, что этого не было.',
      zero: '«0»: среди задокументированного таких случаев нет.',
      atLeast: '«Не менее»: нижняя граница задокументирована, верхняя неизвестна.',
      range: '«От 26 до 31 дня»: даты известны не полностью; это наименьшее и наибольшее, что они допускают.',
      documented:
        '«Задокументировано»: подсчитано по делам реестра. Могут быть и другие, никем не записанные случаи.',
      estimated: '«Оценка»: сказано другими и никогда не прибавляется к нашим подсчётам.',
    },
  },
  between: (least, most) => `от ${least} до ${most}`,
  atLeast: (least) => `не менее ${least}`,
  upTo: (most) => `не более ${most}`,
  uncertain: (n) => `из них до начала периода могло быть ${n}`,
  period: (from, to) =>
    from === null
      ? to === null
        ? 'любое время'
        : `до ${to} включительно`
      : to === null
        ? `с ${from}`
        : `${from} – ${to}`,
  betweenDays: (earliest, latest) => `между ${earliest} и ${latest}`,
  notBefore: (day) => `не ранее: ${day}`,
  notAfter: (day) => `не позднее: ${day}`,
  estimate: {
    eq: (value) => value,
    gt: (value) => `более ${value}`,
    ge: (value) => `не менее ${value}`,
    about: (value) => `около ${value}`,
    between: (value, high) => `от ${value} до ${high}`,
  },
  figureColumns: {
    figure: 'Показатель',
    value: 'Значение',
    n: 'Число лиц (n)',
    caveat: 'Что это число утверждает',
    definition: 'Определение',
  },
  formColumns: { question: 'Вопрос', answer: 'Что известно реестру' },
  definitions: 'Определения показателей',
  definitionRef: (id, version) => `${id}, версия ${version}`,
  dataOf: (plot) => `Те же числа в таблице: «${plot}».`,
  plotOf: { bars: 'Столбчатая диаграмма', line: 'Линейный график', timeline: 'Временная шкала' },
  mark: (x, series, value) => `${x}, ${series}: ${value}`,
  stretch: (x, from, to) => `${x}: начало ${from}, конец ${to}`,
  goingOn: 'окончание не записано',
  lowerBound: (column) => `${column}: не менее`,
  upperBound: (column) => `${column}: не более`,
  earliest: (column) => `${column}: не ранее`,
  latest: (column) => `${column}: не позднее`,
  currencyOf: (column) => `${column}: валюта`,
  page: (page, of) => `Страница ${page} из ${of}`,
  emptyTable: 'Записанного, что сюда относится, нет.',
  lastDays:
    'Показаны последний день каждого месяца и самый последний день. Все дни есть на графике и в этом отчёте в виде CSV, JSON или электронной таблицы.',
  everyDay: 'Все дни',
};
