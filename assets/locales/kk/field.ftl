### Далалық қосымша. Сөз аз, айыптау жоқ. «# ⚠» белгісі: ана тілінде сөйлейтін адам тексеруі керек.

app-name = Baqylau

## Бөлімдер және жоғарғы жол

places = Бөлімдер
place-today = Бүгін
place-reports = Есептер
# ⚠ outbox
place-outbox = Жіберу
place-settings = Баптаулар
back = Артқа
language-switch = Тілді ауыстыру
incident = Оқиға
try-again = Қайталау
# ⚠ the app's core
core-unreachable = Қосымшаның өзегі жауап бермейді. Қосымшаны жауып, қайта ашыңыз: сақталған жауаптардың бәрі орнында.
error-unknown = Бірдеңе дұрыс болмады. Үйлестірушіге мына кодты айтыңыз: { $code }

## Деректердің күйі

# ⚠ state of the evidence
evidence = Деректердің күйі
evidence-waiting = { $waiting ->
   *[other] { $waiting } есеп жіберуді күтуде
}
evidence-carried = { $waiting ->
   *[other] { $waiting } есеп күтуде, өзгелердің қолында: { $carried }
}
evidence-held = Штаб қабылдады: { $held } / { $finished }
evidence-none = Әзірге ештеңе сақталмаған
saved-at = Құрылғыда сақталды { $time }
saved-short = Сақталды { $time }
saving = Сақталуда…
not-saved = Сақталмады

## Құлыпты ашу

pin = PIN-код
unlock = Ашу
unlocking = Ашылуда…

## Құрылғыны тіркеу

enrol-title = Құрылғыны тіркеу
enrol-lead = Штаб тобыңызға берген кодты қойыңыз. Миссия деректері құрылғыда сақталып, желісіз жұмыс істейді.
enrol-code = Тіркеу коды
enrol-code-missing = Алдымен тіркеу кодын қойыңыз.
enrol = Тіркеу
enrolling = Тіркелуде…
pin-new = Жаңа PIN-код
pin-again = Тағы бір рет
pin-old = Бұрынғы PIN-код
# ⚠
pin-hint = Кемінде алты цифр. Баптауларда штабтың көмегіне рұқсат бермесеңіз, онсыз құрылғыдағы жауаптар жабық қалады.
pin-too-short = Кемінде алты цифр таңдаңыз.
pin-differs = Екі PIN-код бірдей емес.
pin-change = PIN-кодты ауыстыру
step-connect = Штаб ізделуде
step-fetch = Формалар мен тізілім жүктелуде
step-send = Жіберілуде
# ⚠ carry for others
step-deliver = Басқалардан алып келгеніңіз тапсырылуда
# ⚠ receipt: "түбіртек" or "қолхат"
step-confirm = Түбіртек күтілуде
ready-title = Дайын
ready-offline = Барлығы құрылғыда. Енді желісіз жұмыс істеуге болады.
begin = Бастау
mission = Миссия
team = Топ
# ⚠ area (of responsibility), short
area = Жауапкершілік аймағы
observers = Бақылаушылар
forms = Формалар
role-observer = Қысқа мерзімді бақылаушылар
role-long_term_observer = Ұзақ мерзімді бақылаушылар
role-team_leader = Топтар жетекшісі
# ⚠ synthetic, made up
synthetic-sentence = Бұл миссияның тізілімі, топтары мен жауаптары ойдан құрастырылған. Мұндағы бірде-бір сан нақты орынды не адамды сипаттамайды.

## Бүгін

today-open = Аяқталмаған
today-line = Күн барысы
step-from = Басталуы: { $time }
step-any-time = Кез келген уақытта
step-next = Келесі
step-finished = { $count } аяқталды
outbox-open = Жіберуді ашу
continue-report = Жалғастыру: { $form } · { $place }
start-form = Бастау: { $form }

## Баруды бастау

# ⚠ visit (to a polling station)
start-visit = Баруды бастау
start-report = Есепті бастау
start-at = Бастау: { $place }
forms-empty = Миссия формалары осында болады
forms-empty-do = Оларды жүктеу үшін штабпен бір рет байланысыңыз.
place-kind-station = Сайлау учаскесінде
place-kind-commission = Комиссияда
place-kind-anywhere = Кез келген жерде
place-missing = Алдымен орынды таңдаңыз немесе тізілімде жоғын енгізіңіз.
place-typed = Орын
place-typed-hint = Нөмірі мен атауы есіктегідей. Штаб оны тізіліммен салыстырады.
search = Іздеу
search-station = Сайлау учаскесі
search-station-hint = Нөмірі немесе атауы
search-commission = Комиссия
search-commission-hint = Ауданы немесе атауы
search-near = Аймағыңыздағы ең жақындары
search-found = Табылғаны: { $matched } / { $total }
search-first = Табылғаны: { $matched } / { $total }. Көрсетілгені: алғашқы { $shown }
search-none = { $total } орынның ешқайсысы сәйкес келмейді
search-results = Табылған орындар
search-register = Тізілімнен іздеу
not-in-register = Тізілімде жоқ
no-place = Орны көрсетілмеген
reports-here = Осы жерден { $count } есеп

## Есептер

report = Есеп
show = Көрсету
show-all = Барлығы
show-open = Ашық
show-finished = Дайын
reports-empty = Есептеріңіз осында болады
reports-empty-do = «Бүгін» бөлімінен баруды бастаңыз.
reports-none-such = Мұндай есеп жоқ.
state-draft = Аяқталмаған
state-finished = Аяқталды
state-correcting = Түзетілуде
# ⚠ withdrawn
state-withdrawn = Қайтарып алынды
answered-of = Жауап берілгені: { $answered } / { $applicable }
count-of = { $done } / { $total }
# ⚠ finding (of a check)
findings-count = { $count } ескерту
# ⚠ revision
revision = { $number }-редакция
revision-changed = Өзгертілді: { $questions }

## Есеп

sections = Форма бөліктері
section-before = Алдыңғы бөлік
section-after = Келесі бөлік
next-section = Келесі: { $title }
review = Тексеріп, аяқтау
prefilled = Тіркеу мен тізілімнен алынған { $count } жауап
required = міндетті
doubtful = Аударма тексеруді күтуде
choose = Таңдау
nothing-found = Ештеңе табылмады
acknowledge = Оқылды және түсінікті
go-there = Сонда өту
findings = Ескертулер
findings-empty = Ескерту жоқ.
findings-and-notes = Ескертулер мен жазбалар, { $place }
receipt-and-notes = Түбіртек пен жазбалар, { $place }
notes = Жазбалар
notes-empty = Әзірге жазба жоқ.
note-add = Жазба
note-on = Жазба: { $title }
note-whole = бүкіл есеп
note-report = Есепке жазба қосу
# ⚠ "with its time": the time at which the note was written
note-finished-lead = Жазба жауаптарды өзгертпейді. Ол жазылған уақытымен штабқа жіберіледі.
note-text = Жазба
note-save = Жазбаны сақтау
photo-add = Сурет
photo-again = Қайта түсіру
photo-saving = Сақталуда…
photo-unreadable = Бұл файл сурет ретінде оқылмайды. Суретке түсіріңіз немесе JPEG не PNG таңдаңыз.
location-take = Орынды анықтау
location-asking = Құрылғыдан сұралуда…
location-accuracy = ± { $metres } м
location-refused = Құрылғы орынды көрсетпеді. Онсыз жалғастырыңыз.
correcting-lead = { $number }-редакция аяқталғанда алдыңғысын алмастырады. Бұрынғысы сақталады.

## Тексеру және аяқтау

review-correct = Аяқтамас бұрын түзету керек
review-blocking = Аяқтау үшін қажет
review-blank = Жауапсыз: { $count }
review-blank-none = Қатысты сұрақтардың бәріне жауап берілді.
review-blank-lead = Бос орын бос күйінде қалады, «жоқ» деп саналмайды.
figures-title = Сандар
figures-caption = Сәйкес келмейтін қосындыларға қатысты сандар
figures-number = №
figures-what = Көрсеткіш
figures-value = Мәні
figures-failing = Сәйкес емес
confirm-title = Екі бақылаушы да растайды
confirm-lead = Есеп – екеуіңіз де келісетін мәтін. Әр бақылаушы өз кодын басады.
confirm-observer = { $code } растайды
confirm-missing = Алдымен әр бақылаушы растайды.
blocked = Есепті әзірге аяқтауға болмайды. Не істеу керегі жоғарыда көрсетілген.
finish = Есепті аяқтау
finish-correction = Түзетуді аяқтау
finishing = Аяқталуда…
# ⚠ draft: "жоба" or "нобай"
discard = Жобаны жою
discard-lead = Жоба { $count } жауабымен бірге құрылғыдан жойылады. Ол аяқталмаған, сондықтан штаб оны көрмейді.
drop-correction = Түзетуден бас тарту
drop-correction-lead = Соңғы аяқталған редакциядан кейінгі өзгерістер алынып тасталады. Аяқталған редакция күшінде қалады.
keep = Қалдыру

## Аяқталған есеп

receipt = Түбіртек
receipt-held = Штаб қабылдағанын растады, { $time }.
receipt-none = Түбіртек әзірге жоқ. Есеп құрылғыда сақтаулы.
receipt-carried = Есепті { $team } алып жүр, { $time }. Штаб оны әлі растаған жоқ.
receipt-on-file = Есеп файлда, { $time }, ешкім қол қойған жоқ. Ол осы құрылғыда да сақтаулы.
receipt-quarantined = Есеп штабта, оны адам қарауы үшін бөлек қойылды. Код: { $code }
# ⚠ journal entry
entry = Журнал жазбасы { $seq }
correct = Түзету
correct-lead = Аяқталған есеп өзгермейді. Түзету сіз көрсеткен себеппен жаңа редакция қосады, штаб екеуін де көреді.
correct-begin = Түзетуді бастау
withdraw = Қайтарып алу
withdraw-lead = Қайтарып алынған есеп журналда себебімен бірге қалады, бірақ есепке алынбайды.
withdrawn-lead = Ол журналда қалады, бірақ есепке алынбайды.
reason = Себебі
reason-missing = Алдымен себебін жазыңыз.

## Жіберу

outbox-held = Штаб қабылдағаны
outbox-carried = Өзгелердің қолында
outbox-next = Келесі жіберу
outbox-last = Соңғы алмасу
outbox-waiting = Жіберу ретімен күтуде
outbox-empty = Күтіп тұрған есеп жоқ
outbox-empty-do = Аяқталған есептер штаб растағанша осында болады.
outbox-safe = Ештеңе жоғалған жоқ: есептер осы құрылғыда күтуде.
outbox-confirmed = { $count ->
   *[other] Штаб { $count } есепті растады.
}
outbox-signed = Штаб жіберілгеннің бәрін растады.
outbox-delivered = Штаб өзгелерден алып жүргеніңізді де қабылдады: { $count }
outbox-up-to-date = Жіберетін жаңа ештеңе жоқ, бәрі жеткізілді.
bytes-of = { $done } / { $total }
never = ешқашан
send-now = Қазір жіберу
sending = Жіберілуде…

## Оқиға

incident-title = Оқиға туралы хабарлау
incident-lead = Алдымен өз қауіпсіздігіңіз. Байланыс пайда болғанда хабарлама бәрінен бұрын жіберіледі.
incident-here = Осында: { $place }
incident-elsewhere = Басқа жерде
incident-report = Хабарламаны бастау
incident-open = Аяқталмаған хабарламалар
incident-no-form = Бұл миссияда оқиға формасы жоқ
incident-no-form-do = Үйлестірушіге қоңырау шалыңыз.

## Баптаулар

proxy = Прокси
proxy-asked = Бұл желі прокси сұрайды
proxy-address = Прокси мекенжайы
proxy-use = Сол арқылы
proxy-in-use = Штабқа жіберілетіннің бәрі осы арқылы өтеді:
# ⚠ without it
proxy-leave = Онсыз
# ⚠ proxy hint
proxy-hint = Желі басқаша ештеңе өткізбейтін жерде ғана немесе Tor арқылы шығу үшін керек (socks5h://127.0.0.1:9050). Прокси штабтың мекенжайын және қанша жіберілгенін біледі, бірақ ештеңесін оқи алмайды.
setting-language = Тіл
setting-theme = Түстер
theme-system = Жүйедегідей
theme-light = Ашық
theme-dark = Қараңғы
# ⚠ sunlight (theme)
theme-sun = Күн астында
setting-lock-after = Құлыптау уақыты
minutes = { $count } мин
lock-now = Қазір құлыптау
about = Осы құрылғы
app-version = Нұсқасы
