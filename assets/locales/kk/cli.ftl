# Командалық жолдың сөйлемдері.

serve-listening = Штаб мына мекенжайда қосылымдарды қабылдайды: { $address }
serve-key = TLS кілті (SHA-256): { $spki }
serve-link = Кіруге арналған бір реттік сілтеме: { $link }
serve-not-loopback = { $address } басқа компьютерлерден қолжетімді.
serve-stopped = Штаб тоқтатылды.

enrol-made = { $team } тобының бір құрылғысына арналған код. Жарамдылық мерзімі: { $until }.

# ⚠
recover-asked = { $team } тобының { $device } құрылғысы PIN-кодты ауыстыруды сұрайды. Сұраушыны даусынан не жүзінен таныған болсаңыз, пәрменді --answer қосып қайталаңыз.
# ⚠
recover-answered = Бұл жауап { $team } тобының { $device } құрылғысын сонда таңдалған жаңа PIN-кодпен ашады.
# ⚠
recover-revoked = { $team } тобының { $device } құрылғысы кері қайтарылған. Ол ашылмайды.

indicators-match = сәйкес
indicators-differ = сәйкес емес
indicators-invented = ойдан алынған
indicators-none = –

verify-counts = Тексерілді: құрылғы { $devices }, жазба { $entries }, сегмент { $segments }, қолхат { $receipts }, сурет { $pictures }.
verify-good = Бәрі сәйкес.
verify-fault-certificate = { $device } құрылғысы: сертификатын штаб бермеген.
verify-fault-gap = { $device } құрылғысы: { $seq } жазбасының алдындағы жазбалар жоқ.
verify-fault-chain = { $device } құрылғысы, { $seq } жазбасы: тізбек бұзылған.
verify-fault-head = { $device } құрылғысы: журналдың соңы штаб белгілеген жерде емес.
verify-fault-picture = { $device } құрылғысы: { $seq } жазбасының суреті сол жазба атаған сурет емес.
verify-fault-receipt = { $device } құрылғысы: { $seq } жазбасының қолхаты журналмен расталмаған.
verify-fault-segment = Мөрленген сегмент өзгертілген.
verify-fault-unsigned = { $device } құрылғысы, { $seq } жазбасы: қол қойылған бірде-бір сегментте жоқ.
# ⚠ "журнал ағашы" (the log's tree), "бақылау нүктесі" (checkpoint), "жинақ" (export), "саусақ ізі" (fingerprint)
verify-fault-log = Түсім журналының ағашы оның сегменттеріне сәйкес емес.

export-root = Осы жинақты тексеретіндерге арналған сайлаудың түпкі кілтінің саусақ ізі: { $root }

evidence-counts = Тексерілді: файл { $files }, құрылғы { $devices }, жазба { $entries }, сегмент { $segments } (журналдардан тыс { $aside }), қолхат { $receipts }, сурет { $pictures }.
evidence-log = Түсім журналының түбірі: { $root }
evidence-root-known = Сайлаудың түпкі кілті — сіз атаған кілт.
evidence-root-unknown = Сайлаудың түпкі кілтіне әзірге ешкім кепіл болған жоқ. Осы саусақ ізін басқа жолмен алынғанымен салыстырыңыз немесе соны --root арқылы беріңіз: { $root }
evidence-good = Бәрі сәйкес.
evidence-bad = Бұзушылық саны: { $count }. Бұл жинақ сәйкес емес.
evidence-line = { $file }, { $line }-жол
evidence-missing = файл жоқ.
evidence-extra = файл жинаққа жатпайды.
evidence-altered = файл жинақталған кездегідей емес.
evidence-altered-line = файл осы жолдан бастап жинақталған кездегідей емес.
evidence-unreadable = штаб мұндай жол жазбайды.
evidence-manifest-signature = файлдар тізіміне штаб қол қоймаған.
evidence-root = сайлаудың түпкі кілті сіз атаған кілт емес.
evidence-config = бұл сайлаудың түпкі кілтімен қол қойылған конфигурация емес немесе оның алдындағысы жоқ.
evidence-other-key = сайлаудың түпкі кілті осы штабтың кілтін атамайды.
evidence-certificate = { $device } құрылғысында осы кілт пен команда үшін штаб сертификаты жоқ.
evidence-revoked = { $device } құрылғысы кері қайтарылған, бірақ мұнда ол айтылмаған.
evidence-order = өз ретімен тұрған жоқ немесе мұнда екі рет тұр.
evidence-gap = { $device } құрылғысының { $seq } жазбасы алдыңғысынан кейін келмейді: жазбалар жетіспейді.
evidence-chain = { $device } құрылғысының { $seq } жазбасы тізбекті бұзады: мазмұны, нөмірі немесе хеші өзгертілген.
evidence-unknown-device = { $device } құрылғысы тіркелгендердің арасында жоқ.
evidence-unsigned = { $device } құрылғысының бірде-бір қолы { $seq } жазбасын және одан кейінгілерді қамтымайды.
evidence-segment-entries = { $device } құрылғысы { $seq } жазбасынан бастап қол қойған жазбалардың бәрі жоқ немесе олар басқа.
evidence-segment-signature = құрылғының осы сегментке қойған қолы сәйкес емес.
evidence-receipt = { $device } құрылғысының { $seq } жазбасының қолхаты журналмен расталмаған.
evidence-receipt-signature = { $device } құрылғысының { $seq } жазбасының қолхатына штаб қол қоймаған.
evidence-picture = { $device } құрылғысының { $seq } жазбасының суреті жоқ немесе ол жазба атаған сурет емес.
evidence-picture-receipt = { $device } құрылғысының { $seq } жазбасы суретінің қолхатына штаб қол қоймаған.
evidence-receipt-log = { $device } құрылғысының { $seq } жазбасының қолхаты атаған түсім журналы осының басы емес.
evidence-checkpoint = бақылау нүктесі штабтың осы сегменттерге қойған қолы емес.
evidence-earlier-checkpoint = түсім журналы бұрынғы бақылау нүктесін жалғастырмайды: содан бері сегменттер өзгертілген немесе жойылған.

rebuild-done = Барлық есеп қайта жиналып, тексерілді.

error-other-event = Бұл деректер қалтасы басқа сайлауға тиесілі: { $detail }
error-ledger = Тізілім қолжетімсіз: { $detail }
error-keys = Кілттер қолжетімсіз: { $detail }
error-mission = Миссия қалтасы жарамсыз: { $detail }
error-pack = Миссияны құрылғыларға арнап жинақтау мүмкін емес: { $detail }
error-config = Сақталған баптау жарамсыз: { $detail }
error-file = { $detail }
error-listen = Штаб қосылымдарды қабылдай алмайды: { $detail }
error-tls = TLS баптау мүмкін емес: { $detail }
error-not-begun = Штаб бұл деректер қалтасымен әлі іске қосылмаған. Алдымен «serve» пәрменімен іске қосыңыз.
error-unknown-team = Миссияда мұндай топ жоқ: { $detail }
# ⚠
error-recovery = { $detail ->
    [mistyped] Сұрауда қате бар. Оны қайта сканерлеңіз немесе толық көшіріңіз.
    [unknown-key] Сұрау бұл штабта енді жоқ кілтпен мөрленген.
    [other-event] Сұрау басқа миссияның құрылғысынан.
    [unknown-device] Бұл штаб сұраған құрылғыны тіркемеген.
    [revoked] Құрылғы кері қайтарылған. Ол ашылмайды.
   *[damaged] Сұрау бүлінген.
}
error-not-signed-in = Алдымен кіріңіз: «baqylau-hq link» пәрменімен бір реттік сілтеме алып, --token арқылы беріңіз.

check-error = Қате
check-warning = Ескерту
check-sheet = { $sheet } парағы
check-row = { $row }-жол
check-column = { $column } бағаны
check-form = { $id } нысаны, { $version } нұсқасы: жарамды.
check-languages = Тілдер: { $languages }
check-questions = Сұрақтар: { $questions }, бөлімдер: { $sections }; тізімдер: { $lists }, нұсқалар: { $choices }; есептеулер: { $calculations }
check-rules = Ережелер: { $rules } (өту { $skips }, міндетті { $required }, шектеу { $constraints }, ескерту { $warnings }, дабыл { $alerts })
check-hash = Мазмұн мекенжайы: { $hash } ({ $bytes } байт)
check-refused = Кітап жарамсыз: { $count } қате.
check-unknown-extension = { $file }: тек .xlsx және .csv оқылады. Кітапты осы пішімдердің бірінде сақтаңыз.

# Кітаптың кемшіліктері (docs/FORMS.md). `.fix` не істеу керегін айтады.
problem-other = Кітап ережені бұзады ({ $code }).
    .fix = docs/FORMS.md қараңыз.
problem-bad-expression = Өрнек оқылмайды, { $position }-таңба: { $expression }
    .fix = { $reason ->
        [unfinished] Ол аяқталмаған.
        [unclosed_text] Тырнақша жетіспейді.
        [unclosed_reference] Жабатын жақша жетіспейді.
        [bad_reference] Жақша ішіндегі атау жарамсыз.
        [unknown_function] { $found } функциясы жоқ.
        [unsupported_function] { $found } функциясын мұнда қолдануға болмайды.
        [unsupported_path] Жолдарды мұнда қолдануға болмайды; сұрақты жақша ішінде атаңыз.
        [wrong_argument_count] { $found } аргументтерінің саны дұрыс емес.
        [literal_expected] Мұнда тұрақты мәтін керек.
        [bad_pattern] Үлгі тұрақты өрнек емес.
        [too_long] Ол тым ұзын.
        [too_many_patterns] Онда regex() саны 16-дан көп.
        [too_deep] Кірістіру тым терең.
       *[other] { $found } мұнда орынсыз.
    }
problem-not-utf8 = Файл UTF-8 емес.
    .fix = Оны CSV UTF-8 ретінде сақтаңыз.
problem-bad-csv = Файл CSV емес: { $detail }
    .fix = Оны CSV ретінде қайта сақтаңыз.
problem-bad-xlsx = Файл Excel кітабы емес: { $detail }
    .fix = Оны .xlsx ретінде қайта сақтаңыз.
problem-no-sheet = Файлда белгілі парақ жоқ.
    .fix = Парақтарды survey, choices және settings деп атаңыз.
problem-missing-sheet = Мұндай парақ жоқ.
    .fix = Оны қосыңыз.
problem-unknown-own-column = Мұндай атаулы баған болмайды.
    .fix = Атауын түзетіңіз; толық тізім docs/FORMS.md ішінде.
problem-duplicate-column = Баған екі рет кездеседі.
    .fix = Біреуін алып тастаңыз.
problem-missing-namespace = Өз бағандарыңыз қолданылған, бірақ settings парағында жарияланбаған.
    .fix = settings парағындағы namespaces бағанына { $expected } деп жазыңыз.
problem-bad-form-id = Нысанның идентификаторы жоқ немесе жарамсыз.
    .fix = form_id бағанына әріп, сан, _ немесе - жазыңыз.
problem-missing-title = Нысанның атауы жоқ.
    .fix = form_title немесе texts тізіміндегі title жолын толтырыңыз.
problem-languages = Бағандардың тілдерін ажырату мүмкін емес.
    .fix = Бағандарды label::English (en) түрінде, тіл кодын жақшаға алып атаңыз.
problem-no-questions = Нысанда сұрақ жоқ.
    .fix = survey парағына жолдар қосыңыз.
problem-too-many-questions = Нысанда сұрақ тым көп.
    .fix = Оны бірнеше нысанға бөліңіз.
problem-missing-type = Жолдың түрі жоқ.
    .fix = type бағанын толтырыңыз немесе жолды алып тастаңыз.
problem-unknown-type = { $type } деген түр жоқ.
    .fix = docs/FORMS.md ішіндегі түрлердің бірін таңдаңыз.
problem-unsupported-type = { $type } түрін мұнда қолдануға болмайды.
    .fix = docs/FORMS.md ішіндегі түрлердің бірін таңдаңыз.
problem-bad-file = { $type } түрінде тіркелім файлы көрсетілмеген.
    .fix = select_one_from_file және файл атауын жазыңыз, мысалы stations.csv.
problem-missing-list = { $type } түрінде тізім көрсетілмеген.
    .fix = Соңына тізімнің атауын жазыңыз.
problem-unknown-list = choices парағында { $list } тізімі жоқ.
    .fix = Нұсқаларын қосыңыз немесе атауын түзетіңіз.
problem-group-unbalanced = Топтың соңы жоқ немесе соңының тобы жоқ.
    .fix = Әр begin_group жолын end_group жолымен жабыңыз.
problem-missing-name = Жолдың атауы жоқ.
    .fix = name бағанын толтырыңыз.
problem-bad-name = { $name } атау бола алмайды.
    .fix = Әріп, сан, _, - және нүкте қолданыңыз; әріптен бастаңыз.
problem-duplicate-name = { $name } атауы екі рет кездеседі.
    .fix = Әр жолға өз атауын беріңіз.
problem-missing-label = { $name } үшін бірде-бір тілде мәтін жоқ.
    .fix = label бағанын толтырыңыз.
problem-missing-calculation = { $name } ештеңе есептемейді.
    .fix = calculation бағанын толтырыңыз.
problem-unknown-reference = { $name } деген сұрақ жоқ.
    .fix = Жақша ішіндегі атауды түзетіңіз.
problem-bare-name = { $name } атауы жақшасыз тұр.
    .fix = Оны доллар белгісінен кейін жақшаға алыңыз.
problem-unknown-list-column = Тізімде { $name } бағаны жоқ.
    .fix = choices парағына баған қосыңыз немесе сүзгіні түзетіңіз.
problem-unsupported-filter = { $expression } сүзгісін қолдануға болмайды.
    .fix = Бағандарды жауаптармен = арқылы салыстырып, and арқылы біріктіріңіз.
problem-unsupported-read-only = read_only мәні yes те, no да емес.
    .fix = yes деп жазыңыз немесе бос қалдырыңыз.
problem-cycle = Бұл сұрақтар бірін-бірі күтеді: { $names }.
    .fix = Сілтемелердің бірін алып тастаңыз.
problem-missing-list-name = Нұсқа ешбір тізімге жатпайды.
    .fix = list_name бағанын толтырыңыз.
problem-bad-choice-name = { $name } нұсқа коды бола алмайды.
    .fix = Бос орынсыз код қолданыңыз.
problem-duplicate-choice = { $name } нұсқасы { $list } тізімінде екі рет кездеседі.
    .fix = Біреуін алып тастаңыз.
problem-unknown-column = Бұл бағанды ешкім оқымайды.
    .fix = Тақырыбын түзетіңіз немесе ескертпе ретінде қалдырыңыз.
problem-ignored-type = { $type } түрі өткізіліп жіберілді.
    .fix = Ештеңе істеудің қажеті жоқ.
problem-missing-translation = { $language } тілінде мәтін жоқ.
    .fix = Оны аударыңыз.
problem-missing-sentence = { $code } ережесінің сөйлемі жоқ.
    .fix = texts тізіміне { $code } жолын қосыңыз.
problem-unused-sentence = { $code } сөйлемі ешбір ережеге жатпайды.
    .fix = Оны алып тастаңыз немесе атауын түзетіңіз.
problem-code-without-rule = { $name } жолында код бар, ереже жоқ.
    .fix = Ережені жазыңыз немесе кодты алып тастаңыз.
problem-filter-without-list = { $name } жолында сүзгі бар, тізім жоқ.
    .fix = Сүзгіні алып тастаңыз.

# ⚠ segment
take-segments = Файлдағы сегменттер: { $segments }.
take-verdict = { $code }: { $count }
# ⚠ photo
take-pictures = Файлдағы фотосуреттер: { $pictures }.
# ⚠ photo
take-pictures-wait = Күтіп тұрған фотосуреттер сақталмады: олар аталған есептер әлі келген жоқ. Есептер келгенде осы файлды қайта қабылдаңыз.
# ⚠ receipt
take-receipts = Түбіртектер: { $receipts }. Мына файлды кері жеткізіңіз: { $file }
# ⚠ receipt
take-no-receipts = Кері жеткізілетін түбіртек жоқ.
error-bundle = Бұл файлды қабылдау мүмкін емес ({ $detail }).
error-bundle-of-another = Файл басқа сайлауға қатысты ({ $detail }). Ештеңе алынбады.
