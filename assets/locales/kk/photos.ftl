# Суреттер: қалай сақталады және әрқайсысы қай жерге жетті.

photos = Суреттер
photos-of = { $report } есебінің суреттері
photos-none = әзірге жоқ
photos-held = штаб қабылдағаны: { $done } / { $total }
photos-empty = Әзірге сурет жоқ
photos-empty-do = Кез келген сұрақтың жанындағы камера белгісімен сурет қосыңыз. Оның қай жерге жеткені осында көрінеді.
photos-order = Суреттер барлық есеп пен ескертпеден кейін жіберіледі, алдымен оқиғалардікі.
# ⚠ still to go
photos-to-go = Жіберілетіні

photo-add-on = Сурет қосу: { $title }
photo-of = Сурет: { $title }
photo-open = Суретті ашу: { $title }
photo-choose = Суретті қалай сақтау керек
photo-choose-lead = Камера сурет жанына жазған орын, уақыт сияқты мәлімет қалай болса да алынып тасталады.
photo-large = Түсірілген сурет { $size }; ең көбі { $most }.
photo-smaller = Кішірейту, { $size }
photo-as-taken = Түсірілген күйінде сақтау, { $size }
photo-remove = Алып тастау
photo-remove-from = Суретті алып тастау: { $title }
photo-report = Есепке өту
photo-report-is = Есеп
photo-added = Қосылды
photo-size = Көлемі

photo-state-on_device = Тек осы құрылғыда
photo-state-waiting = Жіберуді күтуде
photo-state-begun = Күтуде, жіберілгені { $done } / { $total }
photo-state-sending = Жіберілуде, { $done } / { $total }
photo-state-held = Штаб қабылдады
# ⚠ the whole sentence
photo-state-removed = Мұнда өшірілген; штаб қалпына келтірілгенге дейін қабылдаған
# ⚠ set aside
photo-state-set_aside = Штабта бөлек қойылды
# ⚠ a copy that is carried
photo-carried = Көшірмесін { $team } алып жүр, { $time }. Штаб суретті әлі растаған жоқ.
# ⚠ a copy that is carried
photo-on-file = Көшірмесі файлда, { $time }, ол үшін ешкім қол қойған жоқ. Сурет осы құрылғыда да сақтаулы.
# ⚠ revoked
photo-aside-revoked = Бұл құрылғының рұқсаты қайтарып алынған.
photo-aside-malformed = Бұл есепте аталған сурет емес.
photo-aside-wrong_event = Басқа миссияның суреті.
photo-aside-unknown_device = Басқа құрылғының суреті.
photo-aside-too_large = Ол штаб қабылдайтын көлемнен үлкен.
photo-aside-other = Код: { $code }

step-picture = Суреттер жіберілуде
# ⚠ receipt
outbox-photos = Штаб қол қойған суреттер: { $count }.
