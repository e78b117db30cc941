### Отчёты, которые везут сами: передача, приём, группы. О том, что кто-то везёт, не говорится, что оно уже в штабе.

## Три способа

road-file = Файл
road-network = Местная сеть
road-codes = Коды на экране
packets = { $count ->
    [one] { $count } закрытый пакет
    [few] { $count } закрытых пакета
   *[other] { $count } закрытых пакетов
}
reports-count = { $count ->
    [0] Отчётов нет
    [one] { $count } отчёт
    [few] { $count } отчёта
   *[other] { $count } отчётов
}
photos-count = { $count ->
    [one] { $count } фото
    [few] { $count } фото
   *[other] { $count } фото
}

## Передать

carry = Передать
carry-title = Передать в штаб с курьером
carry-lead = Кто-то отвезёт отчёты закрытыми. На этом устройстве они тоже останутся.
carry-own = Свои отчёты
carry-about = { $reports }, около { $size }
carry-nothing = Передавать пока нечего
carry-nothing-do = Законченные отчёты находятся здесь, пока штаб их не примет.
carry-load = Что передать
load-all = Всё
load-own = Свои отчёты
load-back = Квитанции для возврата
carry-file-for = Для флешки или карты, которую повезут отдельно. Отчёты и фото, до 64 МБ за раз.
carry-network-for = Курьер рядом и сразу подписывает приём отчётов и фото. Интернет не нужен.
carry-codes-for = Нет ни носителя, ни сети. Коды читает камера другого устройства; вмещают до { $most }.
carry-codes-too-large = Для кодов слишком много: они вмещают не больше { $most }.
carry-codes-no-photos = Фото в коды не помещаются.
carry-codes-only-photos = Передать осталось только фото, а в коды они не помещаются. Передайте их файлом или по сети.
# ⚠ photos that had no room
carry-photos-left = { $count ->
    [one] { $count } фото не поместилось. Передайте ещё раз, чтобы отправить и его.
    [few] { $count } фото не поместились. Передайте ещё раз, чтобы отправить и их.
   *[other] { $count } фото не поместились. Передайте ещё раз, чтобы отправить и их.
}
carry-handed = На руках у других
carry-handed-none = Пока никому не передано.
carry-handed-row = { $road }, { $time }
carry-not-held = «У курьера» ещё не значит «в штабе»: что отчёт принят, говорит только квитанция штаба.

## Передать файлом

file-where = Куда записать
place-removable = Флешка или карта: { $name }
place-folder = На этом устройстве: { $name }
file-nowhere = Нет ни флешки, ни карты, ни папки
file-nowhere-do = Подключите носитель и посмотрите ещё раз.
look-again = Посмотреть ещё раз
file-write = Записать файл
file-writing = Запись и проверка…
file-made = Записано, прочитано и сверено: { $name }, { $reports }, { $size }.
file-made-next = Отдайте его тому, кто доберётся до штаба или руководителя группы. За него ещё никто не расписался.

## Передать кодами

codes-lead = Экран показывает код за кодом. Другое устройство читает их в любом порядке; пропущенные восполнят следующие.
codes-show = Показать коды
codes-making = Подготовка…
codes-picture = Код для камеры другого устройства
codes-number = Код { $number }, нужно около { $needed }
codes-paused = Пауза: код { $number }, нужно около { $needed }
codes-running = Коды сменяются
codes-rate = { $rate } в секунду
codes-pause = Пауза
codes-run = Пуск
codes-slower = Реже
codes-faster = Чаще
codes-before = Назад
codes-next = Вперёд
codes-until = Показывайте, пока другое устройство не скажет, что всё получено. Этому устройству это не видно.
codes-receipts-left = { $count ->
    [one] { $count } квитанция не помещается в коды. Передайте её файлом или по сети.
    [few] { $count } квитанции не помещаются в коды. Передайте их файлом или по сети.
   *[other] { $count } квитанций не помещаются в коды. Передайте их файлом или по сети.
}
codes-photos-left = { $count ->
    [one] { $count } фото не помещается в коды. Передайте его файлом или по сети.
    [few] { $count } фото не помещаются в коды. Передайте их файлом или по сети.
   *[other] { $count } фото не помещаются в коды. Передайте их файлом или по сети.
}
codes-keys = Клавиатура: пробел — пауза, стрелки — по одному коду, + и − — скорость.

## Передать по местной сети

network-lead = На другом устройстве: «Принять», «Местная сеть». Оба устройства подключите к одной сети, а его код введите здесь.
network-code = Код с экрана курьера
network-code-missing = Сначала введите код курьера.
network-picture = Открыть снимок кода
network-no-code = Это коды с отчётами, а не код передачи. Попросите у курьера код передачи.
hand-over = Передать
handing-over = Передаётся…
handed-over = { $team } везёт и подписала приём: { $reports }, { $size }.

## Принять

receive = Принять
receive-title = Принять для доставки
receive-lead = Чужие отчёты остаются закрытыми: открыть их может только штаб.
receive-from = Кто передаёт
receive-team = Группа
receive-nobody = Не указано
receive-name = Или другое название
receive-name-only = Название, если хотите
receive-name-hint = Остаётся на этом устройстве.
receive-file-for = С флешки, с карты или из загрузок.
receive-network-for = Это устройство показывает код, другое передаёт. Интернет не нужен.
receive-codes-for = Камерой или по снимкам другого экрана.
receive-label = Передаёт { $label }
taking-in = Принимается…
files-found = Найденные файлы
files-none = Файлов с отчётами не найдено
files-none-do = Подключите носитель и посмотрите ещё раз или выберите файл сами.
file-choose = Выбрать файл
pictures-open = Открыть снимки
pictures-hint = Снимите каждый код обычной камерой и откройте здесь все снимки сразу.
pictures-reading = Снимок { $done } из { $total }
pictures-without = Без нашего кода: { $count }
camera-on = Читать камерой
camera-off = Выключить камеру
camera-picture = Что видит камера
camera-hint = Держите весь код в кадре, пока всё не будет получено.
camera-refused = Камера недоступна. Сделайте снимки обычной камерой и откройте их здесь.
codes-read = Прочитано кодов
codes-read-of = { $have }, нужно около { $needed }
codes-complete = Всё из этих кодов уже здесь.
listen = Ждать передачи
listen-lead = Подключите оба устройства к одной сети. Код годится для одной передачи, десять минут.
listening = Ждёт до { $time }
listen-code = Код для другого устройства
listen-code-text = Тот же код текстом
listen-copy = Скопировать код
listen-copied = Скопировано
listen-addresses = Адреса этого устройства
listen-stop = Больше не ждать

## Что принято

taken = Принято, { $time }
taken-from = От { $label }, { $time }
taken-new = Новое: { $packets }
taken-known = Уже было: { $packets }
taken-own = Своё, вернулось: { $packets }
taken-confirmed = { $count ->
    [one] Штаб подтвердил ещё { $count } ваш отчёт.
    [few] Штаб подтвердил ещё { $count } ваших отчёта.
   *[other] Штаб подтвердил ещё { $count } ваших отчётов.
}
taken-photos-confirmed = { $count ->
    [one] Штаб подтвердил ещё { $count } ваше фото.
    [few] Штаб подтвердил ещё { $count } ваших фото.
   *[other] Штаб подтвердил ещё { $count } ваших фото.
}
taken-receipts-new = Новые квитанции для возврата: { $count }
taken-receipts-known = Квитанции, которые уже были: { $count }
taken-custody = Подпись курьера ({ $teams }): { $packets }
taken-updated = Формы, реестр и группы теперь самые новые.
receive-more = Принять ещё
taken-nothing = Внутри ничего не было.
taken-refused-segment = Не принято: { $packets }. { $why }
taken-refused-picture = Фото не приняты: { $count }. { $why }
taken-refused-receipt = Квитанции не приняты: { $count }. { $why }
taken-refused-custody = Подписи курьеров не приняты: { $count }. { $why }
taken-refused-config = Новые формы и реестр не приняты. { $why }
refused-not_a_segment = Данные повреждены.
refused-not_a_picture = Данные повреждены.
refused-no_room = Больше фото это устройство везти не может. Сначала доставьте в штаб те, что уже здесь.
refused-unreadable = Не удаётся прочитать.
refused-bad_signature = Подпись не подлинная.
refused-wrong_event = Это относится к другим выборам.
refused-another_journal = Речь о других записях, не этого устройства.
refused-not_certified = Штаб не знает подписавшего.
refused-bad_config = Штаб их не подписывал.
refused-needs_network = Часть их приходит только по сети.
refused-revoked = Это устройство отозвано. Квитанциям на другие отчёты, которые приносят посторонние, оно больше не верит.
refused-names_device = В них открыто указано, чьи они, как в прежних версиях; дальше их не передают.
refused-other = Код: { $code }

## Группы

team-carried = Что вы везёте
carried-waiting = На пути в штаб
carried-handed-on = Из них передано и дальше
carried-delivered = Доставлено в штаб
carried-receipts = Квитанции для возврата
carried-room = Места ещё для пакетов
packets-size = { $packets }, { $size }
team-area = Группы вашего района
team-lead = В закрытом пакете один или несколько отчётов. Сколько именно, видит только штаб.
team-empty = Здесь будут группы вашего района
team-empty-do = Один раз свяжитесь со штабом, чтобы загрузить их.
team-never = Пока ничего не принято
team-last = Принято { $packets }, последний раз { $time }
team-waiting = Вы везёте: { $count }
team-handed-on = Передано дальше: { $count }
team-delivered = Доставлено в штаб: { $count }
team-others = Под другими названиями
team-unnamed = Без названия
copy = Копия
copy-title = Копия неотправленного группы { $team }
copy-lead = Если устройство пропадёт, с ним пропадёт и всё неотправленное. От этого спасает закрытая копия здесь: прочитать её на этом устройстве никто не может, а доставит её тот, у кого сеть появится раньше.
copy-how = На устройстве группы { $team }: «Передать», «Местная сеть», затем код, который сейчас покажет это устройство.
