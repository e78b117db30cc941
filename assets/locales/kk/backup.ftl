### Сақтық көшірмелер және аяқталған журналдар. Бұрынғы журнал оқылады және штабқа жеткізіледі, бірақ жалғастырылмайды. «# ⚠» белгісі: ана тілінде сөйлейтін адам тексеруі керек.

## Сақтық көшірме жасау

# ⚠ backup: "сақтық көшірме"
backup = Сақтық көшірме
# ⚠ the whole sentence
backup-section-lead = Құрылғы жоғалса, жіберілмегені де жоғалады, егер көшірмесі басқа жерде болмаса.
backup-make = Сақтық көшірме жасау
# ⚠ the whole sentence
backup-protects = Онда осы құрылғыдағының бәрі бар: есептер, жобалар, жазбалар мен суреттер. Басқа құрылғы мұның бәрін қабылдай алады.
# ⚠ the whole sentence
backup-limits = Ол қазіргі PIN-кодпен ашылады, ал файлы бар адам сол кодты күтпестен теріп көре алады. Кейін осы құрылғыдағыны жою не мөрлеу көшірмеге әсер етпейді.
backup-writing = Көшірме жасалуда…
backup-step-copy = Көшірілуде
backup-step-write = Жазылуда
backup-step-check = Қайта оқылуда және салыстырылуда
backup-made = Жазылды, қайта оқылды және салыстырылды: { $name }, { $size }, { $time }.
# ⚠ the whole sentence
backup-made-next = Оны құрылғыдан бөлек сақтаңыз. Аты да, одан оқуға болатыны да сіз туралы ештеңе айтпайды.
backup-lie = Сонда жатқан көшірмелер
backup-none = Онда әзірге көшірме жоқ.

## Қалпына келтіру

# ⚠ backup
restore = Сақтық көшірмеден қалпына келтіру
# ⚠ the whole sentence
restore-lead = Көшірменің файлын таңдаңыз. Ол жасалған кезде құрылғыда болған PIN-кодпен ашылады.
restore-files = Табылған көшірмелер
restore-nowhere = Көшірме табылмады
restore-nowhere-do = Флешканы қосып не файлды осы құрылғының жүктеулеріне салып, қайта қараңыз.
restore-pin = Сол кездегі PIN-код
restore-other = Басқа файл
restore-do = Қалпына келтіру
restoring = Қалпына келтірілуде…
file-about = { $size }, { $time }
# ⚠ earlier journal: "бұрынғы журнал"
earlier-waiting = { $count ->
   *[other] Мұнда күтіп тұрған бұрынғы журналдар: { $count }
}
# ⚠ the whole sentence
earlier-waiting-do = Жаңа кодпен тіркеліңіз: жобалары осында көшеді, есептері штабқа жеткізіледі. Бұрынғы PIN-кодпен журнал бірден ашылады; басқа код таңдасаңыз, бұрынғысы кейін сұралады.

## Бұрынғы журналдар

# ⚠ earlier journal
earlier = Бұрынғы журналдар
# ⚠ the whole sentence
earlier-lead = Аяқталған журналдар. Олар осында оқылады және штабқа жеткізіледі, оларға ештеңе қосылмайды.
earlier-own = Осы құрылғының қазіргі журналы: { $device }
earlier-empty = Бұрынғы журналдар жоқ
# ⚠ the whole sentence
earlier-empty-do = Сақтық көшірмеден келген не осы құрылғыда аяқталған журнал осында тұрады.
# ⚠ backup
earlier-restored = Сақтық көшірмеден
# ⚠ forked
earlier-forked = Екі түрлі жалғасқан
earlier-corrupt = Бүлінген
earlier-too_new = Қосымшаның жаңарақ нұсқасы жазған
earlier-incomplete = Кейбір бөліктері жоқ
earlier-device = Журнал { $device }
earlier-unknown = Кімдікі екені ашылғанда көрінеді
# ⚠ taken over
earlier-since = Қабылданды: { $time }
earlier-finished = Аяқталған есептер
earlier-held = Штаб қабылдағаны
# ⚠ draft, came over
earlier-drafts = Көшкен жобалар
earlier-closed = { $count ->
   *[other] Ашылмағаны: { $count }
}
# ⚠ the whole sentence
earlier-closed-do = Оны бұрынғы PIN-кодымен ашыңыз: сонда жобалары осында көшеді, есептері штабқа жеткізіледі.
# ⚠ the whole sentence
earlier-closed-damaged = Мүмкін, оны ештеңе аша алмайды. Жабық пакеттері бәрібір штабқа жеткізіледі.
earlier-pin = Бұрынғы PIN-код
earlier-open = Ашу
earlier-opening = Ашылуда…
earlier-reports-none = Онда аяқталған есеп жоқ.
# ⚠ the whole sentence
earlier-asks = { $count ->
    [1] Бұрынғы журнал PIN-кодын сұрап тұр
   *[other] PIN-кодын сұрап тұрған бұрынғы журналдар: { $count }
}
# ⚠ the whole sentence
earlier-asks-do = Жобалары әлі көшкен жоқ, есептерінің бәрін жіберу мүмкін емес.
earlier-look = Қарау
earlier-report = Бұрынғы журналдан
# ⚠ the whole sentence
earlier-report-lead = Оқуға болады; өзгертуге не толықтыруға болмайды.
# ⚠ the whole sentence
earlier-correcting = Бұл аяқталмаған түзетудің жауаптары. Олар жоба ретінде көшті.

## Жоба қайдан келді

# ⚠ came over
origin-restored = Сақтық көшірмеден көшті
# ⚠ came over
origin-other = Бұрынғы журналдан көшті
# ⚠ the whole sentence
origin-draft-lead = Оны басқалары сияқты жалғастырыңыз. Дәл осы жоба басқа құрылғыда да болса, кім аяқтайтынын келісіңіз.
# ⚠ the whole sentence
origin-correction-lead = Ол бұрынғы журналдағы { $number }-редакцияның түзетуі ретінде басталған. Аяқталса, екінші есеп болып жіберіледі.

## Екі түрлі жалғасқан журнал

# ⚠ forked
forked = Журнал екі түрлі жалғасты
# ⚠ the whole sentence
forked-lead = Қазір аяқтағаныңызды штаб бөлек сақтайды. Жаңа журнал мұны түзетеді.
anew = Жаңа журнал бастау
# ⚠ the whole sentence
anew-why = Штаб осы құрылғының журналы екі түрлі жалғасқанын көріп тұр: құрылғының көшірмесі пайдаланылғанда осылай болады.
# ⚠ the whole sentence
anew-what = Штаб екеуін де сақтап, біріншісін есепке алады; осы жерден келетіні бөлек сақталады.
# ⚠ the whole sentence
anew-how = Жаңа журнал мұны түзетеді: жобалар көшеді, жіберілмегені ескі журналдан штабқа жеткізіледі.
anew-code = Үйлестірушіден жаңа тіркеу кодын сұраңыз.
anew-pin = Осы құрылғының PIN-коды
anew-pin-missing = Осы құрылғының PIN-кодын енгізіңіз.
anew-beginning = Жаңа журнал басталуда…
