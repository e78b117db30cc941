### Қолмен жеткізілетін есептер: тапсыру, қабылдау, топтар. «# ⚠» белгісі: ана тілінде сөйлейтін адам тексеруі керек.

## Үш жол

road-file = Файл
# ⚠ local network
road-network = Жергілікті желі
road-codes = Экрандағы кодтар
# ⚠ sealed packet
packets = { $count ->
   *[other] { $count } жабық пакет
}
reports-count = { $count ->
    [0] Есеп жоқ
   *[other] { $count } есеп
}
photos-count = { $count ->
   *[other] { $count } сурет
}

## Тапсыру

# ⚠ carry: "тапсыру" or "жеткізу"
carry = Тапсыру
# ⚠ carrier
carry-title = Штабқа жеткізуші арқылы тапсыру
carry-lead = Есептерді біреу жабық күйінде жеткізеді. Олар осы құрылғыда да қалады.
carry-own = Өз есептеріңіз
carry-about = { $reports }, шамамен { $size }
carry-nothing = Тапсыратын ештеңе жоқ
carry-nothing-do = Аяқталған есептер штаб қабылдағанша осында тұрады.
carry-load = Не тапсырылады
load-all = Барлығы
load-own = Өз есептеріңіз
# ⚠ receipt
load-back = Қайтарылатын түбіртектер
# ⚠ storage medium, at a time
carry-file-for = Бөлек апарылатын флешка не карта үшін. Есептер мен суреттер, бір жолы 64 МБ дейін.
# ⚠ carrier
carry-network-for = Жеткізуші қасыңызда, есептер мен суреттерге бірден қол қойылады. Интернет қажет емес.
carry-codes-for = Флешка да, желі де жоқ. Кодтарды басқа құрылғының камерасы оқиды; сыйымдылығы { $most } дейін.
carry-codes-too-large = Кодтар үшін тым көп: сыйымдылығы ең көбі { $most }.
# ⚠ photos and codes
carry-codes-no-photos = Суреттер кодтарға сыймайды.
# ⚠ photos and codes
carry-codes-only-photos = Тек суреттер күтіп тұр, ал олар кодтарға сыймайды. Оларды файлмен немесе желімен жеткізіңіз.
# ⚠ the whole sentence
carry-photos-left = { $count ->
   *[other] Орын жетпеген суреттер: { $count }. Оларды да жіберу үшін тағы бір рет тапсырыңыз.
}
carry-handed = Өзгелердің қолында
carry-handed-none = Әзірге ешкімге тапсырылған жоқ.
carry-handed-row = { $road }, { $time }
# ⚠ carrier, receipt
carry-not-held = «Жеткізушіде» әлі «штабта» деген сөз емес: есептің қабылданғанын тек штаб түбіртегі айтады.

## Файлмен тапсыру

file-where = Қайда жазылады
# ⚠ storage medium
place-removable = Флешка не карта: { $name }
place-folder = Осы құрылғыда: { $name }
file-nowhere = Флешка, карта не қалта табылмады
file-nowhere-do = Қосып, қайта қараңыз.
look-again = Қайта қарау
file-write = Файлды жазу
file-writing = Жазылуда және тексерілуде…
file-made = Жазылды, қайта оқылды және салыстырылды: { $name }, { $reports }, { $size }.
file-made-next = Оны штабқа не топ жетекшісіне жететін адамға беріңіз. Ол үшін әлі ешкім қол қойған жоқ.

## Кодтармен тапсыру

codes-lead = Экран кодтарды бірінен соң бірін көрсетеді. Басқа құрылғы кез келген ретпен оқиды; өткізіп алғанын келесілері толтырады.
codes-show = Кодтарды көрсету
codes-making = Дайындалуда…
codes-picture = Басқа құрылғының камерасына арналған код
codes-number = Код { $number }, керегі шамамен { $needed }
codes-paused = Кідіріс: код { $number }, керегі шамамен { $needed }
codes-running = Кодтар ауысып тұр
codes-rate = Секундына { $rate }
codes-pause = Кідірту
codes-run = Жүргізу
codes-slower = Баяу
codes-faster = Жылдам
codes-before = Алдыңғы
codes-next = Келесі
codes-until = Басқа құрылғы бәрі алынды дегенше көрсете беріңіз. Бұл құрылғы оны көрмейді.
# ⚠ receipt
codes-receipts-left = { $count ->
   *[other] Кодтарға сыймаған түбіртектер: { $count }. Оларды файлмен немесе желімен жеткізіңіз.
}
# ⚠ photos and codes
codes-photos-left = { $count ->
   *[other] Кодтарға сыймаған суреттер: { $count }. Оларды файлмен немесе желімен жеткізіңіз.
}
codes-keys = Пернетақта: бос орын — кідіріс, көрсеткілер — бір-бірлеп, + және − — жылдамдық.

## Жергілікті желімен тапсыру

network-lead = Басқа құрылғыда: «Қабылдау», «Жергілікті желі». Екі құрылғыны бір желіге қосыңыз, оның кодын осында енгізіңіз.
# ⚠ carrier
network-code = Жеткізуші экранындағы код
# ⚠ carrier
network-code-missing = Алдымен жеткізушінің кодын енгізіңіз.
network-picture = Кодтың суретін ашу
# ⚠ carrier
network-no-code = Бұл есептердің кодтары, тапсыру коды емес. Жеткізушіден тапсыру кодын сұраңыз.
hand-over = Тапсыру
handing-over = Тапсырылуда…
handed-over = { $team } алып жүр және қол қойды: { $reports }, { $size }.

## Қабылдау

receive = Қабылдау
receive-title = Жеткізу үшін қабылдау
receive-lead = Өзгелердің есептері жабық күйінде қалады: тек штаб аша алады.
receive-from = Кім тапсырады
receive-team = Топ
receive-nobody = Көрсетілмеген
receive-name = Немесе басқа атау
receive-name-only = Атауы, қаласаңыз
receive-name-hint = Осы құрылғыда қалады.
# ⚠ storage medium
receive-file-for = Флешкадан, картадан немесе жүктеулерден.
receive-network-for = Бұл құрылғы код көрсетеді, басқасы тапсырады. Интернет қажет емес.
receive-codes-for = Камерамен немесе басқа экранның суреттерінен.
receive-label = Тапсырушы: { $label }
taking-in = Қабылдануда…
files-found = Табылған файлдар
files-none = Есептер файлы табылмады
files-none-do = Флешканы қосып, қайта қараңыз немесе файлды өзіңіз таңдаңыз.
file-choose = Файлды таңдау
pictures-open = Суреттерді ашу
pictures-hint = Әр кодты кәдімгі камерамен түсіріп, суреттердің бәрін осында бірден ашыңыз.
pictures-reading = Сурет: { $done } / { $total }
pictures-without = Біздің код жоғы: { $count }
camera-on = Камерамен оқу
camera-off = Камераны өшіру
camera-picture = Камера көріп тұрған көрініс
camera-hint = Бәрі алынғанша кодты толық кадрда ұстаңыз.
camera-refused = Камера қолжетімсіз. Кәдімгі камерамен түсіріп, суреттерді осында ашыңыз.
codes-read = Оқылған кодтар
codes-read-of = { $have }, керегі шамамен { $needed }
codes-complete = Бұл кодтардағының бәрі осында.
listen = Тапсыруды күту
listen-lead = Екі құрылғыны бір желіге қосыңыз. Код бір тапсыруға, он минутқа жарамды.
listening = Күту мерзімі: { $time }
listen-code = Басқа құрылғыға арналған код
listen-code-text = Сол код мәтінмен
listen-copy = Кодты көшіру
listen-copied = Көшірілді
listen-addresses = Осы құрылғының мекенжайлары
listen-stop = Күтуді тоқтату

## Не қабылданды

taken = Қабылданды, { $time }
taken-from = Тапсырған: { $label }, { $time }
taken-new = Жаңасы: { $packets }
taken-known = Бұрыннан бар: { $packets }
taken-own = Өзіңіздікі, қайтып келді: { $packets }
taken-confirmed = { $count ->
   *[other] Штаб тағы { $count } есебіңізді қабылдады.
}
# ⚠ the whole sentence
taken-photos-confirmed = { $count ->
   *[other] Штаб тағы { $count } суретіңізді қабылдады.
}
# ⚠ receipt
taken-receipts-new = Қайтарылатын жаңа түбіртектер: { $count }
# ⚠ receipt
taken-receipts-known = Бұрыннан бар түбіртектер: { $count }
# ⚠ carrier
taken-custody = Жеткізушінің қолы ({ $teams }): { $packets }
taken-updated = Нысандар, тізілім және топтар енді ең жаңасы.
receive-more = Тағы қабылдау
taken-nothing = Ішінде ештеңе болмады.
taken-refused-segment = Алынбады: { $packets }. { $why }
# ⚠ photos not taken
taken-refused-picture = Алынбаған суреттер: { $count }. { $why }
# ⚠ receipt
taken-refused-receipt = Алынбаған түбіртектер: { $count }. { $why }
# ⚠ carrier
taken-refused-custody = Алынбаған жеткізуші қолдары: { $count }. { $why }
taken-refused-config = Жаңа нысандар мен тізілім алынбады. { $why }
refused-not_a_segment = Дерек бүлінген.
refused-not_a_picture = Дерек бүлінген.
# ⚠ to carry
refused-no_room = Бұл құрылғы бұдан артық сурет ала алмайды. Алдымен мұндағыларын штабқа жеткізіңіз.
refused-unreadable = Оқу мүмкін емес.
refused-bad_signature = Қолтаңба түпнұсқа емес.
refused-wrong_event = Бұл басқа сайлауға қатысты.
refused-another_journal = Мұнда осы құрылғыдан басқа жазбалар туралы айтылады.
refused-not_certified = Штаб қол қоюшыны білмейді.
refused-bad_config = Оларға штаб қол қоймаған.
refused-needs_network = Бір бөлігі тек желімен келеді.
# ⚠ revoked
refused-revoked = Бұл құрылғының рұқсаты қайтарып алынған. Басқалар әкелген жаңа түбіртектерге ол енді сенбейді.
# ⚠ receipt
refused-names_device = Ескі нұсқадағыдай, кімдікі екені ашық жазылған; әрі қарай жеткізілмейді.
refused-other = Коды: { $code }

## Топтар

# ⚠ to carry
team-carried = Алып жүргеніңіз
carried-waiting = Штабқа бара жатқаны
carried-handed-on = Оның ішінде әрі қарай тапсырылғаны
carried-delivered = Штабқа жеткізілгені
# ⚠ receipt
carried-receipts = Қайтарылатын түбіртектер
carried-room = Тағы сыятын пакеттер
packets-size = { $packets }, { $size }
# ⚠ area
team-area = Аймағыңыздағы топтар
team-lead = Жабық пакетте бір не бірнеше есеп бар. Қанша екенін тек штаб көреді.
team-empty = Аймағыңыздағы топтар осында болады
team-empty-do = Оларды алу үшін штабпен бір рет байланысыңыз.
team-never = Әзірге ештеңе алынбады
team-last = Алынғаны: { $packets }, соңғысы { $time }
team-waiting = Сізде: { $count }
team-handed-on = Әрі қарай тапсырылғаны: { $count }
team-delivered = Штабқа жеткізілгені: { $count }
team-others = Басқа атаулармен
team-unnamed = Атаусыз
copy = Көшірме
# ⚠ copy of what was not sent
copy-title = Көшірме: { $team } жібермеген есептер
# ⚠ sealed copy
copy-lead = Құрылғы жоғалса, жіберілмегеннің бәрі бірге жоғалады. Осындағы жабық көшірме одан сақтайды: оны бұл құрылғыда ешкім оқи алмайды, ал штабқа оны желі бұрын пайда болған құрылғы жеткізеді.
copy-how = { $team } құрылғысында: «Тапсыру», «Жергілікті желі», содан кейін осы құрылғы көрсететін код.
