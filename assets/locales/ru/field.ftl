### Полевое приложение. Сначала глагол, мало слов, без упрёков и восклицательных знаков.

app-name = Baqylau

## Разделы и верхняя строка

places = Разделы
place-today = Сегодня
place-reports = Отчёты
place-outbox = Отправка
place-settings = Настройки
back = Назад
language-switch = Сменить язык
incident = Инцидент
try-again = Повторить
core-unreachable = Ядро приложения не отвечает. Закройте приложение и откройте снова: все сохранённые ответы на месте.
error-unknown = Что-то пошло не так. Сообщите координатору код: { $code }

## Состояние данных

evidence = Состояние данных
evidence-waiting = { $waiting ->
    [one] { $waiting } отчёт ждёт отправки
    [few] { $waiting } отчёта ждут отправки
   *[other] { $waiting } отчётов ждут отправки
}
evidence-carried = { $waiting ->
    [one] { $waiting } отчёт ждёт, на руках у других: { $carried }
    [few] { $waiting } отчёта ждут, на руках у других: { $carried }
   *[other] { $waiting } отчётов ждут, на руках у других: { $carried }
}
evidence-held = Принято штабом: { $held } из { $finished }
evidence-none = Пока ничего не сохранено
saved-at = Сохранено на устройстве { $time }
saved-short = Сохранено { $time }
saving = Сохраняется…
not-saved = Не сохранено

## Разблокировка

pin = ПИН-код
unlock = Открыть
unlocking = Открывается…

## Регистрация устройства

enrol-title = Зарегистрировать устройство
enrol-lead = Вставьте код, который штаб выдал вашей группе. Данные миссии сохранятся на устройстве и будут работать без сети.
enrol-code = Код регистрации
enrol-code-missing = Сначала вставьте код регистрации.
enrol = Зарегистрировать
enrolling = Регистрация…
pin-new = Новый ПИН-код
pin-again = Ещё раз
pin-old = Прежний ПИН-код
pin-hint = Не менее шести цифр. Без него ответы на этом устройстве останутся закрыты, если не разрешить в настройках помощь штаба.
pin-too-short = Выберите не менее шести цифр.
pin-differs = ПИН-коды не совпадают.
pin-change = Сменить ПИН-код
step-connect = Поиск штаба
step-fetch = Загрузка форм и реестра
step-send = Отправка
step-deliver = Передача того, что вы везёте для других
step-confirm = Ожидание квитанции
ready-title = Готово
ready-offline = Всё сохранено на устройстве. Теперь можно работать без сети.
begin = Начать
mission = Миссия
team = Группа
area = Район работы
observers = Наблюдатели
forms = Формы
role-observer = Краткосрочные наблюдатели
role-long_term_observer = Долгосрочные наблюдатели
role-team_leader = Руководитель групп
synthetic-sentence = Реестр, группы и ответы этой миссии вымышлены. Ни одна цифра не описывает реальное место или человека.

## Сегодня

today-open = Не закончено
today-line = Ход дня
step-from = С { $time }
step-any-time = В любое время
step-next = Далее
step-finished = { $count ->
    [one] Закончен { $count }
   *[other] Закончено { $count }
}
outbox-open = Открыть отправку
continue-report = Продолжить { $form } · { $place }
start-form = Начать: { $form }

## Начало посещения

start-visit = Начать посещение
start-report = Начать отчёт
start-at = Начать: { $place }
forms-empty = Здесь будут формы миссии
forms-empty-do = Свяжитесь со штабом один раз, чтобы загрузить их.
place-kind-station = На избирательном участке
place-kind-commission = В комиссии
place-kind-anywhere = В любом месте
place-missing = Сначала выберите место или введите то, которого нет в реестре.
place-typed = Место
place-typed-hint = Номер и название, как на двери. Штаб сверит их с реестром.
search = Поиск
search-station = Избирательный участок
search-station-hint = Номер или название
search-commission = Комиссия
search-commission-hint = Район или название
search-near = Ближайшие в вашем районе
search-found = Найдено { $matched } из { $total }
search-first = Показаны первые { $shown } из { $matched } найденных. Мест в реестре: { $total }
search-none = Ничего не подходит. Мест в реестре: { $total }
search-results = Найденные места
search-register = Искать в реестре
not-in-register = Нет в реестре
no-place = Место не указано
reports-here = { $count ->
    [one] { $count } отчёт отсюда
    [few] { $count } отчёта отсюда
   *[other] { $count } отчётов отсюда
}

## Отчёты

report = Отчёт
show = Показать
show-all = Все
show-open = Открытые
show-finished = Готовые
reports-empty = Здесь будут ваши отчёты
reports-empty-do = Начните посещение в разделе «Сегодня».
reports-none-such = Таких нет.
state-draft = Не закончен
state-finished = Закончен
state-correcting = Исправляется
state-withdrawn = Отозван
answered-of = Отвечено { $answered } из { $applicable }
count-of = { $done } из { $total }
findings-count = { $count ->
    [one] { $count } замечание
    [few] { $count } замечания
   *[other] { $count } замечаний
}
revision = Редакция { $number }
revision-changed = Изменено: { $questions }

## Отчёт

sections = Части формы
section-before = Предыдущая часть
section-after = Следующая часть
next-section = Далее: { $title }
review = Проверить и закончить
prefilled = { $count ->
    [one] { $count } ответ из регистрации и реестра
    [few] { $count } ответа из регистрации и реестра
   *[other] { $count } ответов из регистрации и реестра
}
required = обязательно
doubtful = Перевод ждёт проверки
choose = Выбрать
nothing-found = Ничего не найдено
acknowledge = Прочитано и понято
go-there = Перейти
findings = Замечания
findings-empty = Замечаний нет.
findings-and-notes = Замечания и заметки, { $place }
receipt-and-notes = Квитанция и заметки, { $place }
notes = Заметки
notes-empty = Заметок пока нет.
note-add = Заметка
note-on = Заметка: { $title }
note-whole = весь отчёт
note-report = Добавить заметку к отчёту
note-finished-lead = Заметка не меняет ответов. Она уходит в штаб со своим временем.
note-text = Заметка
note-save = Сохранить заметку
photo-add = Фото
photo-again = Снять другое
photo-saving = Сохраняется…
photo-unreadable = Этот файл не читается как снимок. Сделайте фото или выберите JPEG или PNG.
location-take = Определить место
location-asking = Запрос к устройству…
location-accuracy = ± { $metres } м
location-refused = Устройство не сообщило координаты. Продолжайте без них.
correcting-lead = Редакция { $number } заменит предыдущую, когда будет закончена. Прежняя сохраняется.

## Проверка и завершение

review-correct = Исправить до завершения
review-blocking = Нужно до завершения
review-blank = Без ответа: { $count }
review-blank-none = На все применимые вопросы есть ответ.
review-blank-lead = Пропуск остаётся пропуском и не считается ответом «нет».
figures-title = Цифры
figures-caption = Цифры, к которым относятся несходящиеся суммы
figures-number = №
figures-what = Показатель
figures-value = Значение
figures-failing = Не сходится в
confirm-title = Оба наблюдателя подтверждают
confirm-lead = Отчёт – то, с чем согласны вы оба. Каждый наблюдатель нажимает свой код.
confirm-observer = { $code } подтверждает
confirm-missing = Сначала подтверждает каждый наблюдатель.
blocked = Закончить отчёт пока нельзя. Что нужно сделать, указано вверху.
finish = Закончить отчёт
finish-correction = Закончить исправление
finishing = Завершается…
discard = Удалить черновик
discard-lead = { $count ->
    [one] Черновик с { $count } ответом будет удалён с устройства. Он не был закончен, и штаб его не увидит.
   *[other] Черновик с { $count } ответами будет удалён с устройства. Он не был закончен, и штаб его не увидит.
}
drop-correction = Отказаться от исправления
drop-correction-lead = Изменения после последней законченной редакции будут отброшены. Законченная редакция остаётся в силе.
keep = Оставить

## Законченный отчёт

receipt = Квитанция
receipt-held = Штаб подтвердил приём, { $time }.
receipt-none = Квитанции пока нет. Отчёт в сохранности на устройстве.
receipt-carried = { $team } везёт его с { $time }. Штаб его ещё не подтвердил.
receipt-on-file = Лежит в файле с { $time }, никто за него не расписался. На этом устройстве он тоже в сохранности.
receipt-quarantined = Отчёт у штаба и отложен, чтобы его посмотрел человек. Код: { $code }
entry = Запись журнала { $seq }
correct = Исправить
correct-lead = Законченный отчёт не меняется. Исправление добавляет новую редакцию с вашей причиной, штаб видит обе.
correct-begin = Начать исправление
withdraw = Отозвать
withdraw-lead = Отозванный отчёт остаётся в журнале с вашей причиной и больше не учитывается.
withdrawn-lead = Он остаётся в журнале и больше не учитывается.
reason = Причина
reason-missing = Сначала укажите причину.

## Отправка

outbox-held = Принято штабом
outbox-carried = На руках у других
outbox-next = Следующая отправка
outbox-last = Последний обмен
outbox-waiting = Ждут, в порядке отправки
outbox-empty = Ничего не ждёт
outbox-empty-do = Законченные отчёты находятся здесь, пока штаб не подтвердит приём.
outbox-safe = Ничего не потеряно: отчёты ждут на этом устройстве.
outbox-confirmed = { $count ->
    [one] Штаб подтвердил { $count } отчёт.
    [few] Штаб подтвердил { $count } отчёта.
   *[other] Штаб подтвердил { $count } отчётов.
}
outbox-signed = Штаб подтвердил всё отправленное.
outbox-delivered = Штаб принял и то, что вы везли за других: { $count }
outbox-up-to-date = Нового для отправки нет, всё передано.
bytes-of = { $done } из { $total }
never = никогда
send-now = Отправить
sending = Отправляется…

## Инцидент

incident-title = Сообщить об инциденте
incident-lead = Ваша безопасность прежде всего. Сообщение уйдёт раньше остальных, как только появится связь.
incident-here = Здесь: { $place }
incident-elsewhere = В другом месте
incident-report = Начать сообщение
incident-open = Незаконченные сообщения
incident-no-form = В этой миссии нет формы для инцидентов
incident-no-form-do = Позвоните координатору.

## Настройки

proxy = Прокси
proxy-asked = Эта сеть требует прокси
proxy-address = Адрес прокси
proxy-use = Через него
proxy-in-use = Всё для штаба идёт через
proxy-leave = Без него
proxy-hint = Нужен только там, где сеть иначе ничего не пропускает, или для Tor (socks5h://127.0.0.1:9050). Прокси узнаёт адрес штаба и сколько отправлено, но прочесть ничего не может.
setting-language = Язык
setting-theme = Цвета
theme-system = Как в системе
theme-light = Светлые
theme-dark = Тёмные
theme-sun = На солнце
setting-lock-after = Блокировать через
minutes = { $count } мин
lock-now = Заблокировать сейчас
about = Это устройство
app-version = Версия
