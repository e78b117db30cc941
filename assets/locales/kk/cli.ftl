# Командалық жолдың сөйлемдері.

serve-listening = Штаб мына мекенжайда қосылымдарды қабылдайды: { $address }
serve-key = TLS кілті (SHA-256): { $spki }
serve-link = Кіруге арналған бір реттік сілтеме: { $link }
serve-not-loopback = { $address } басқа компьютерлерден қолжетімді.
serve-stopped = Штаб тоқтатылды.

enrol-made = { $team } тобының бір құрылғысына арналған код, { $until } дейін жарамды.

indicators-match = сәйкес
indicators-differ = сәйкес емес
indicators-invented = ойдан алынған
indicators-none = –

verify-counts = Тексерілді: құрылғы { $devices }, жазба { $entries }, сегмент { $segments }, қолхат { $receipts }.
verify-good = Бәрі сәйкес.
verify-fault-certificate = { $device } құрылғысы: сертификатын штаб бермеген.
verify-fault-gap = { $device } құрылғысы: { $seq } жазбасының алдындағы жазбалар жоқ.
verify-fault-chain = { $device } құрылғысы, { $seq } жазбасы: тізбек бұзылған.
verify-fault-head = { $device } құрылғысы: журналдың соңы штаб белгілеген жерде емес.
verify-fault-receipt = { $device } құрылғысы: { $seq } жазбасының қолхаты журналмен расталмаған.
verify-fault-segment = Мөрленген сегмент өзгертілген.
verify-fault-unsigned = { $device } құрылғысы, { $seq } жазбасы: қол қойылған бірде-бір сегментте жоқ.

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

problem-other = Кітап ережені бұзады ({ $code }).
    .fix = docs/FORMS.md қараңыз.
