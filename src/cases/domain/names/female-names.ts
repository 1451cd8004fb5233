/** Given names of women, written down as those of men are. */
export const FEMALE_NAMES = `
adelia: Адэля Аделия
aksana: Аксана Оксана
albina: Альбіна Альбина
alena: Алена Елена Алёна Олена Лена Lena Helen Helena Ленка
alesia: Алеся Олеся Леся
aliaksandra: Аляксандра Александра Олександра Саша Шура Саня Sanya Sania Сашка Сашенька Alexandra
alina: Аліна Алина
ala: Алла Ала
anastasiya: Анастасія Анастасия Анастасся Настя Насця Наста Настасся
anhelina: Ангеліна Ангелина
aneta: Анета Анетта
antanina: Антаніна Антонина Тоня Tonya Tonia
anzhalika: Анжаліка Анжелика Анжэліка Angelica Angelika
anzhela: Анжэла Анжела Angela
ariadna: Арыядна Ариадна
aryna: Арына Арина
branislava: Браніслава Бронислава
darya: Дар'я Дарья Дарія Даша Дашка
dziyana: Дзіяна Диана Дыяна
dzina: Дзіна Дина
eleanora: Элеанора Элеонора
ela: Эла Элла
ema: Эма Эмма
elvira: Эльвіра Эльвира
emiliya: Эмілія Эмилия
evelina: Эвеліна Эвелина
faina: Фаіна Фаина
halina: Галіна Галина Галя
hanna: Ганна Анна Аня Ганя Ганка Анька Ann Анюта Нюра
hrazhyna: Гражына Гражина Grażyna
ina: Іна Инна
inesa: Інэса Инесса
iryna: Ірына Ирина Ира Іра Irene
karalina: Караліна Каролина Caroline Carolina
katsiaryna: Кацярына Екатерина Катерина Катя Каця Кася Катажына Catherine Catharina
khrystsina: Хрысціна Кристина Крысціна Christina Christine
kira: Кіра Кира
klaudziya: Клаўдзія Клавдия Клава Claudia
kseniya: Ксенія Ксения Ксюша
larysa: Ларыса Лариса Лара Lara
lidziya: Лідзія Лидия Ліда Лида Lydia
liliya: Лілія Лилия Лиля Lilian
liubou: Любоў Любовь Люба Любов
liudmila: Людміла Людмила Люда Люся
lizaveta: Лізавета Елізавета Елизавета Ліза Лиза Альжбета Эльжбета Elizabeth Elisabeth
maya: Мая Майя
marharyta: Маргарыта Маргарита Рита Рыта Margaret
maryia: Марыя Мария Марыйка Марыся Маруся Маша Mary Marie
maryna: Марына Марина
maryana: Мар'яна Марьяна Марианна
milana: Мілана Милана
miraslava: Міраслава Мирослава
nadzeya: Надзея Надежда Надзя Надя Надія
natallia: Наталля Наталья Наталия Наташа Ната Натка
nika: Ніка Ника
nina: Ніна Нина
nona: Нона Нонна
palina: Паліна Полина Апалінарыя Поля
paulina: Паўліна Павлина Pauline
raisa: Раіса Раиса Рая
raksana: Раксана Роксана
rehina: Рэгіна Регина Regina
ryma: Рыма Римма
ruslana: Руслана
siarafima: Серафіма Серафима
snezhana: Снежана Сняжана
sofiya: Сафія София Софья Соф'я Соня Sonya Sonia Зоф'я Zofia Sophie Sophia
stanislava: Станіслава Станислава Стася
stefaniya: Стэфанія Стефания
sviatlana: Святлана Светлана Света Свята Лана Lana
taisiya: Таісія Таисия Тая
tamara: Тамара
tatsiana: Таццяна Татьяна Тацяна Таня Tanya Tania
uladzislava: Уладзіслава Владислава Влада Улада
ulyana: Уляна Ульяна Юлиана
valeryia: Валерыя Валерия Лера Lera
valiantsina: Валянціна Валентина Валя Valya Valia
varvara: Варвара Барбара Варя Barbara
vasilisa: Васіліса Василиса
vera: Вера Верка
veranika: Вераніка Вероника Veronica
vialeta: Віялета Виолетта Violetta
viktoryia: Вікторыя Виктория Віка Вика Victoria
volha: Вольга Ольга Оля Olya Olia Volga Воля
yadviha: Ядвіга Ядвига
yana: Яна
yanina: Яніна Янина
yauheniya: Яўгенія Евгения Евгенія Женя Жэня Eugenia
yaraslava: Яраслава Ярослава
yuliya: Юлія Юлия Юля Julia Julie
zhana: Жана Жанна Jeanne
zinaida: Зінаіда Зинаида Зіна Зина
zlata: Злата
zoya: Зоя
`;
