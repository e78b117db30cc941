# ⚠ Written without a native speaker's review.
hq-page-overview = Шолу
hq-page-indicators = Көрсеткіштер
hq-pages = Беттер
hq-skip = Мазмұнға өту
hq-synthetic = Синтетикалық деректер: учаскелер, топтар және жауаптар жаттығу үшін ойдан шығарылған.
hq-language = Тіл
hq-theme = Түстер
hq-preferences = Тіл мен түстер
hq-theme-system = Жүйедегідей
hq-theme-light = Ашық
hq-theme-dark = Қараңғы
hq-theme-sun = Күн жарығы

hq-sign-in = Штабқа кіру
hq-sign-in-how = Штаб іске қосылғанда көрсеткен бір реттік сілтемені ашыңыз немесе оның кілтін қойыңыз.
hq-sign-in-key = Бір реттік кілт
hq-sign-in-do = Кіру

hq-updated = Соңғы жаңарту { $time }
hq-of-expected = күтілгені { $expected }
hq-set-aside = бөлек қойылғаны: { $count }
# ⚠ ahead of its journal
hq-ahead = Журналынан бұрын келген оқиғалар: { $count }
# ⚠ ahead of its journal
hq-ahead-lead = Оған дейін жазылғандар әлі жолда; есеп солар келгенде саналады.
hq-ahead-row = { $team }, { $place }: аяқталды { $finished }, алынды { $received }
hq-holdings = Байланысқан құрылғылар: { $devices }, журнал жазбалары: { $entries }, бөлек қойылған есептер: { $aside }.
hq-hours-title = Ең көп есеп аяқталған сағат: { $hour } ({ $count })
hq-hours-tied = Бір сағатта аяқталған ең көп есеп: { $count }, бірнеше сағатта
hq-hours-unit = Бір сағатта аяқталған есептер, жергілікті уақыт
hq-hours-chart = Сағат пен форма бойынша аяқталған есептер
hq-hours-empty = Мұнда сағат бойынша есептер болады
hq-hours-empty-how = Бірінші топтама келгенде сызба басталады.
hq-hour = Сағат
hq-as-table = Кесте түрінде көрсету
hq-teams = Топтар
hq-teams-caption = Топтар, соңғы байланыс уақыты және форма бойынша есептер
hq-teams-empty = Үндемей қалған топ жоқ
hq-team = Топ
hq-area = Аймақ
hq-last-heard = Соңғы байланыс
hq-never = болған жоқ
hq-ago-now = жаңа ғана
hq-ago-minutes = { $count } мин бұрын
hq-ago-hours = { $count } сағ бұрын
# ⚠ journal
hq-team-journals = { $count } журнал
hq-team-journal = { $device }: тіркелуі { $enrolled }, соңғы байланыс { $heard }
hq-silent = тым ұзақ үнсіз
hq-silent-only = Тек үнсіз топтар ({ $count })

hq-indicators-how = Әр сан бақыланғанды ғана көрсетеді; бұл барлық учаскенің іріктемесі емес. Бос және «білмеймін» жауаптары бөлімге кірмейді.
hq-find = Көрсеткішті табу
hq-find-nothing = Сәйкес көрсеткіш жоқ
hq-break-down = Бөлу
hq-by-nothing = Бөлінбеген
hq-by-region = Облыс
hq-by-area = Қала немесе ауыл
hq-by-kind = Учаске түрі
hq-by-time_band = Тәулік уақыты
hq-by-team_kind = Топ түрі
hq-numerator = Алымы
hq-denominator = Бөлімі
hq-share = Үлесі
hq-behind = { $forms ->
    [0] Бұл санның негізінде әзірге есеп жоқ
   *[other] Осы санның негізіндегі есептер: { $forms }
  }
hq-both = форма: { $forms }, учаске: { $stations }
hq-published = Жарияланған: { $figure }
hq-matches = Сәйкес
hq-differs = Әзірге сәйкес емес
hq-invented = Миссия құжаттарында жоқ: жаттығу үшін ойдан шығарылған.
hq-breakdown-of = { $id } көрсеткішінің бөлінісі
hq-unit-form = форма
hq-unit-case = оқиға
hq-unit-station = сайлау учаскесі
hq-unit-team = топ
hq-unit-box = жәшік
hq-unit-person = адам
hq-unit-commission = комиссия
hq-unit-protocol = протокол
hq-unit-state = мемлекет
hq-unit-visit = бару
hq-unit-count = санау

hq-back-indicators = Барлық көрсеткіштер
hq-behind-title = { $id } көрсеткішінің негізіндегі есептер
hq-behind-empty = Бұл көрсеткішке әзірге бірде-бір есеп кірмейді
hq-lines = { $from }–{ $to } / { $total }
hq-previous = Артқа
hq-next = Келесі
hq-report = Есеп
hq-station = Учаске
hq-observed = Бақыланды
hq-counts = Есепке алынуы
hq-counts-numerator = алымында ({ $amount })
hq-counts-denominator = тек бөлімінде
hq-counts-not = алынбаған (бос немесе «білмеймін»)
hq-revision = Редакция

hq-report-title = { $team } тобының есебі, { $place }
hq-verdict = Шешім
hq-verdict-accepted = Қабылданды
hq-verdict-quarantined = Бөлек қойылды
hq-verdict-withdrawn = Топ қайтарып алды
# ⚠ ahead of its journal
hq-verdict-ahead = Журналынан бұрын келді, әлі саналмады
hq-journal = Журнал жазбалары
hq-findings = Ескертулер
hq-revision-title = { $number }-редакция
hq-reason = Себебі: { $reason }
hq-revision-times = Аяқталды { $finished }, алынды { $received }, растады { $observers }
hq-number = №
hq-question = Сұрақ
hq-answer = Жауап
hq-notes = Жазбалар
hq-photos = Суреттер
hq-photo-of = Сурет: { $title }
hq-photo-held = Алынды: { $time }
hq-photo-expected = Есепте аталған, әлі келген жоқ
# ⚠ set aside
hq-photo-aside = Бөлек қойылды: { $reason }
# ⚠ revoked
hq-photo-aside-revoked = құрылғының рұқсаты қайтарып алынған
hq-photo-aside-malformed = бұл есепте аталған сурет емес
hq-photo-aside-wrong_event = басқа оқиғаның суреті
hq-photo-aside-unknown_device = басқа құрылғының суреті

hq-error-unreachable = Штаб жауап бермейді. Бет өзі қайта көреді.
hq-error-not_signed_in = Сіз шықтыңыз. Жаңа бір реттік сілтемені ашыңыз.
hq-error-sign_in_refused = Бұл кілт жарамайды: ол бұрын пайдаланылған немесе ең соңғысы емес.
hq-error-not_found = Бұл мекенжайда ештеңе жоқ.
hq-error-bad_request = Бұл мекенжай жоқ нәрсені сұрайды.
hq-error-internal = Штаб жауап бере алмады; себебі оның журналында.
