/**
 * Given names of men: one name a line, first what it is called here, then the spellings that do not follow from each other by
 * the rules of `sound-key.ts`: the Belarusian and the Russian full name first, then short forms, foreign forms. A short form of several names stands
 * in the line of each. The last of some lines are stems: the name as it stands inside a patronymic.
 */
export const MALE_NAMES = `
adam: Адам
albert: Альберт
aleh: Алег Олег
ales: Аляксандр Александр Алесь Олександр Alexander Alex Алик Алік Саша Шура Саня Sanya Sania Сашка Санька Лесік
aliaksei: Аляксей Алексей Олексій Лёша Алёша Лёха Алекс Alexis
alhierd: Альгерд Ольгерд Algirdas
anatol: Анатоль Анатолий Толя Толік Толик
andrei: Андрэй Андрей Андрій Andrew Andrzej Андрюша Андрусь
anisim: Анісім Анисим
anton: Антон Антось Антоній Антоний Anthony
apanas: Апанас Афанасий Афанасій
arkadz: Аркадзь Аркадий Аркадзій
arseni: Арсень Арсений Арсеній
artsiom: Арцём Артём Артем Арцемій Артемий Тёма
artur: Артур Arthur
astap: Астап Остап
bahdan: Багдан Богдан
barys: Барыс Борис Боря
branislau: Браніслаў Бронислав
chaslau: Чэслаў Чеслав Часлаў Czesław
danila: Даніла Данила Даниил Данііл Данік Данил Daniel Даниэль
david: Давід Давид Давыд
dzianis: Дзяніс Денис
dzmitry: Дзмітрый Дмитрий Дзмітры Зміцер Зьміцер Змітро Дмитро Дима Дзіма Зміцік Dimitri Митя
eduard: Эдуард Эдик Эдзік Edward
emil: Эміль Эмиль
ernest: Эрнест
feliks: Фелікс Феликс
filip: Філіп Филипп Піліп
fiodar: Фёдар Фёдор Хведар Федя Феодор Theodore
frantsishak: Францішак Франц Франтишек Францыск Франциск Францискус Franciszek Francis
hardzei: Гардзей Гордей
haryton: Харытон Харитон
heorhi: Георгій Георгий Георги George Жора
herman: Герман
henadz: Генадзь Геннадий Генадзій Гена
henryk: Генрых Генрих Генрык Henry
hleb: Глеб
hryhor: Рыгор Григорий Гриша Рыгорка Григорій Gregory Грыгорый
ihar: Ігар Игорь
ihnat: Ігнат Игнатий Ігнацій
illia: Ілля Илья Ильюша Elijah Іль
ivan: Іван Иван Ваня Янка Івась
kanstantsin: Канстанцін Константин Костя Кастусь Косця Constantine
kazimir: Казімір Казимир Казик Kazimierz
kiryl: Кірыл Кирилл Кіры Cyril
klim: Клім Климент
kuzma: Кузьма Кузьм
lavren: Лаўрэн Лаўрэнцій Лаврентий
leanid: Леанід Леонид Лёня Лёнік
leu: Леў Лев Лёва Leo Льв
lukash: Лукаш Лука Luke
makar: Макар
maksim: Максім Максим Максым Макс Maksym
mark: Марк Marc
maryan: Мар'ян Марьян
matsvei: Мацвей Матвей Matthew Мацвейка
mechyslau: Мечыслаў Мечислав Mieczysław
mikalai: Мікалай Николай Мікола Микола Коля Nicholas Nicolas Nicolai Миколай
mikhail: Міхаіл Михаил Міхал Міхась Міхайла Миша Міша Мишка Michael Mihail Mikhas Michał Michal
mikita: Мікіта Никита Нікіта Мікіт Никит
miraslau: Міраслаў Мирослав
mstsislau: Мсціслаў Мстислав
nazar: Назар
nestar: Нестар Нестор
nikadzim: Нікадзім Никодим
pavel: Павел Павал Паўло Павло Паўлюк Павлик Паша Paul Павл
pimen: Пімен Пимен
piotr: Пётр Пятро Петро Пятрусь Пятрок Петя Peter Piter
prakop: Пракоп Прокоп Прокопий
radaslau: Радаслаў Радослав
radzivon: Радзівон Родион Радзіён
raman: Раман Роман Рома
rastsislau: Расціслаў Ростислав
ruslan: Руслан
ryshard: Рышард Ришард Richard
sava: Сава Савва
siamion: Сямён Семён Сёма
siarhei: Сяргей Сергей Сергій Сярожа Серёжа Сярога Serge
siavastsian: Севасцьян Себастьян Севастьян
stanislau: Станіслаў Станислав Стась Стас Stanislaus
stsiapan: Сцяпан Степан Стэфан Стефан Сцёпа Стёпа Stephen Steven
sviataslau: Святаслаў Святослав Слава
symon: Сымон Симон Simon Сымонка
tadevush: Тадэвуш Тадеуш Тадэй Tadeusz Tadej
taras: Тарас
trafim: Трафім Трофим
tsikhan: Ціхан Тихон
tsimafei: Цімафей Тимофей Цімох Timothy
tsimur: Цімур Тимур
uladzimir: Уладзімір Владимир Володимир Володя Валодзя Вова Uładzimier
uladzislau: Уладзіслаў Владислав Уладзік Влад Улад Władysław
usevalad: Усевалад Всеволод Сева
vadzim: Вадзім Вадим Вадик
valer: Валерый Валерий Валер Валера Valera
valiantsin: Валянцін Валентин Валя Valya Valia Valentine
vasil: Васіль Василий Васіл Вася Basil
viachaslau: Вячаслаў Вячеслав Слава Славік Славик
vikentsi: Вікенцій Викентий Вінцэнт Винцент Вінцук Vincent
viktar: Віктар Виктор Витя Віця Victor Віктор
vital: Віталь Виталий Віталік Виталик
vitaut: Вітаўт Витовт Vytautas Витаут
yafim: Яўхім Ефим
yahor: Ягор Егор
yakau: Якаў Яков Якуб Яша Jacob Якаўл Яковл
yan: Ян
yanush: Януш
yaraslau: Яраслаў Ярослав Ярик Слава
yauhen: Яўген Евгений Яўгеній Евген Женя Жэня Eugene Eugen
yazep: Язэп Іосіф Иосиф Осип Юзаф Юзеф Юзік Joseph Józef
yemialian: Амяльян Емельян Емяльян Амяллян
yulian: Юльян Юлиан Юлій Юлий
yury: Юрый Юрий Юры Юра Юрась Юрка
zakhar: Захар
zianon: Зянон Зенон
zmitrok: Змітрок
`;
