### Дизайн жүйесінің сөздері: далалық қосымша мен штаб беттеріне ортақ.

yes = Иә
no = Жоқ
now = Қазір
today = Бүгін
clear = Тазалау
close = Жабу
cancel = Бас тарту
number-pad = Сандық пернетақта
erase-digit = Соңғы цифрды өшіру
time-unreadable = Мұндай уақыт жоқ: 00:00–23:59 аралығында жазыңыз. Бұл сақталған жоқ.
calendar = Күнтізбе
date-pattern = кк.аа.жжжж
date-unreadable = Мұндай күн жоқ: күнін, айын, жылын жазыңыз, мысалы 03.04.2011. Бұл сақталған жоқ.
delivery-on_device = Осы құрылғыда
delivery-waiting = Жіберуді күтуде
delivery-sent = Жіберілді, расталмаған
# ⚠ carrier: "жеткізуші" or "курьер"
delivery-carried = Жеткізушіде: { $team }
delivery-on_file = Файлда, ешкім қол қойған жоқ
delivery-held = Штаб қабылдады
# ⚠ set aside (quarantined)
delivery-quarantined = Штабта бөлек қойылды
# ⚠ synthetic data
synthetic = Синтетикалық деректер
loading = Ашылуда…

## Күндер мен көлемдер

date-long = { $year }{ "\u00a0" }жылғы { $day }{ "\u00a0" }{ $month }, { $weekday }
date-short = { $day }{ "\u00a0" }{ $month }
month-1 = қаңтар
month-2 = ақпан
month-3 = наурыз
month-4 = сәуір
month-5 = мамыр
month-6 = маусым
month-7 = шілде
month-8 = тамыз
month-9 = қыркүйек
month-10 = қазан
month-11 = қараша
month-12 = желтоқсан
month-short-1 = қаң.
month-short-2 = ақп.
month-short-3 = нау.
month-short-4 = сәу.
month-short-5 = мам.
month-short-6 = мау.
month-short-7 = шіл.
month-short-8 = там.
month-short-9 = қыр.
month-short-10 = қаз.
month-short-11 = қар.
month-short-12 = жел.
weekday-0 = жексенбі
weekday-1 = дүйсенбі
weekday-2 = сейсенбі
weekday-3 = сәрсенбі
weekday-4 = бейсенбі
weekday-5 = жұма
weekday-6 = сенбі
size-bytes = { $count } байт
size-kilobytes = { $count } кБ
size-megabytes = { $count } МБ
