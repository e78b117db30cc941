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
delivery-on_device = Осы құрылғыда
delivery-waiting = Жіберуді күтуде
delivery-sent = Жіберілді, расталмаған
# ⚠ carrier: "жеткізуші" or "курьер"
delivery-carried = Жеткізушіде
delivery-held = Штаб қабылдады
# ⚠ set aside (quarantined)
delivery-quarantined = Штабта бөлек қойылды
# ⚠ synthetic data
synthetic = Синтетикалық деректер
loading = Ашылуда…
