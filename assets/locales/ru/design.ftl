### Слова системы оформления: общие для полевого приложения и страниц штаба.

yes = Да
no = Нет
now = Сейчас
today = Сегодня
clear = Очистить
close = Закрыть
cancel = Отмена
number-pad = Цифровая клавиатура
erase-digit = Стереть последнюю цифру
delivery-on_device = На этом устройстве
delivery-waiting = Ждёт отправки
delivery-sent = Отправлен, не подтверждён
delivery-carried = У курьера
delivery-held = Принят штабом
delivery-quarantined = Отложен в штабе
synthetic = Синтетические данные
loading = Открывается…

## Даты и размеры

date-long = { $weekday }, { $day }{ "\u00a0" }{ $month } { $year }{ "\u00a0" }г.
date-short = { $day }{ "\u00a0" }{ $month }
month-1 = января
month-2 = февраля
month-3 = марта
month-4 = апреля
month-5 = мая
month-6 = июня
month-7 = июля
month-8 = августа
month-9 = сентября
month-10 = октября
month-11 = ноября
month-12 = декабря
month-short-1 = янв.
month-short-2 = фев.
month-short-3 = мар.
month-short-4 = апр.
month-short-5 = мая
month-short-6 = июн.
month-short-7 = июл.
month-short-8 = авг.
month-short-9 = сен.
month-short-10 = окт.
month-short-11 = ноя.
month-short-12 = дек.
weekday-0 = Воскресенье
weekday-1 = Понедельник
weekday-2 = Вторник
weekday-3 = Среда
weekday-4 = Четверг
weekday-5 = Пятница
weekday-6 = Суббота
size-bytes = { $count } байт
size-kilobytes = { $count } кБ
size-megabytes = { $count } МБ
