# Предложения командной строки.

serve-listening = Штаб принимает соединения по адресу { $address }
serve-key = Ключ TLS (SHA-256): { $spki }
serve-link = Одноразовая ссылка для входа: { $link }
serve-not-loopback = { $address } доступен с других компьютеров.
serve-stopped = Штаб остановлен.

enrol-made = Код для одного устройства группы { $team }, действует до { $until }.

indicators-match = совпадает
indicators-differ = расходится
indicators-invented = вымышлено
indicators-none = –

verify-counts = Проверено: устройств { $devices }, записей { $entries }, сегментов { $segments }, расписок { $receipts }.
verify-good = Всё сходится.
verify-fault-certificate = Устройство { $device }: сертификат выдан не штабом.
verify-fault-gap = Устройство { $device }: нет записей перед { $seq }.
verify-fault-chain = Устройство { $device }, запись { $seq }: цепочка нарушена.
verify-fault-head = Устройство { $device }: конец журнала не там, где его отметил штаб.
verify-fault-receipt = Устройство { $device }: расписка за запись { $seq } не подтверждена журналом.
verify-fault-segment = Запечатанный сегмент изменён.
verify-fault-unsigned = Устройство { $device }, запись { $seq }: её нет ни в одном подписанном сегменте.

rebuild-done = Все отчёты собраны и проверены заново.

error-other-event = Эта папка данных относится к другим выборам: { $detail }
error-ledger = Реестр недоступен: { $detail }
error-keys = Ключи недоступны: { $detail }
error-mission = Папка миссии непригодна: { $detail }
error-pack = Миссию нельзя упаковать для устройств: { $detail }
error-config = Сохранённая конфигурация непригодна: { $detail }
error-file = { $detail }
error-listen = Штаб не может принимать соединения: { $detail }
error-tls = Не удаётся настроить TLS: { $detail }
error-not-begun = Штаб с этой папкой данных ещё не запускали. Сначала запустите его командой «serve».
error-unknown-team = В миссии нет такой группы: { $detail }
error-not-signed-in = Сначала войдите: получите одноразовую ссылку командой «baqylau-hq link» и передайте её в --token.

check-error = Ошибка
check-warning = Предупреждение
check-sheet = лист { $sheet }
check-row = строка { $row }
check-column = столбец { $column }
check-form = Форма { $id }, версия { $version }: пригодна.
check-languages = Языки: { $languages }
check-questions = Вопросов: { $questions }, разделов: { $sections }; списков: { $lists }, вариантов: { $choices }; вычислений: { $calculations }
check-rules = Правил: { $rules } (переходов { $skips }, обязательных { $required }, ограничений { $constraints }, предупреждений { $warnings }, тревог { $alerts })
check-hash = Адрес содержимого: { $hash } ({ $bytes } байт)
check-refused = { $count ->
    [one] Книга непригодна: { $count } ошибка.
    [few] Книга непригодна: { $count } ошибки.
   *[other] Книга непригодна: { $count } ошибок.
}
check-unknown-extension = { $file }: читаются только .xlsx и .csv. Сохраните книгу в одном из этих форматов.

problem-other = Книга нарушает правило ({ $code }).
    .fix = См. docs/FORMS.md.
