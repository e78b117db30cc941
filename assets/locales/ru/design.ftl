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
