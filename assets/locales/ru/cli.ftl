# Предложения командной строки.

serve-listening = Штаб принимает соединения по адресу { $address }
serve-key = Ключ TLS (SHA-256): { $spki }
serve-link = Одноразовая ссылка для входа: { $link }
serve-not-loopback = { $address } доступен с других компьютеров.
serve-stopped = Штаб остановлен.

enrol-made = Код для одного устройства группы { $team }, действует до { $until }.

recover-asked = Устройство { $device } группы { $team } просит заменить ПИН-код. Если вы узнали просящего по голосу или в лицо, повторите команду с --answer.
recover-answered = Этот ответ откроет устройство { $device } группы { $team } новым ПИН-кодом, который был выбран на нём.
recover-revoked = Устройство { $device } группы { $team } отозвано. Оно не открывается.

indicators-match = совпадает
indicators-differ = расходится
indicators-invented = вымышлено
indicators-none = –

verify-counts = Проверено: устройств { $devices }, записей { $entries }, сегментов { $segments }, расписок { $receipts }, снимков { $pictures }.
verify-good = Всё сходится.
verify-fault-certificate = Устройство { $device }: сертификат выдан не штабом.
verify-fault-gap = Устройство { $device }: нет записей перед { $seq }.
verify-fault-chain = Устройство { $device }, запись { $seq }: цепочка нарушена.
verify-fault-head = Устройство { $device }: конец журнала не там, где его отметил штаб.
verify-fault-picture = Устройство { $device }: снимок записи { $seq } — не тот, который она называет.
verify-fault-receipt = Устройство { $device }: расписка за запись { $seq } не подтверждена журналом.
verify-fault-segment = Запечатанный сегмент изменён.
verify-fault-unsigned = Устройство { $device }, запись { $seq }: её нет ни в одном подписанном сегменте.
verify-fault-log = Дерево журнала поступлений не сходится с его сегментами.

export-root = Отпечаток корневого ключа выборов для тех, кто проверяет эту выгрузку: { $root }

evidence-counts = Проверено: файлов { $files }, устройств { $devices }, записей { $entries }, сегментов { $segments } (из них вне журналов { $aside }), расписок { $receipts }, снимков { $pictures }.
evidence-log = Корень журнала поступлений: { $root }
evidence-root-known = Корневой ключ выборов — тот, который вы назвали.
evidence-root-unknown = За корневой ключ выборов пока никто не поручился. Сравните этот отпечаток с полученным другим путём или укажите тот в --root: { $root }
evidence-good = Всё сходится.
evidence-bad = Нарушений: { $count }. Эта выгрузка не сходится.
evidence-line = { $file }, строка { $line }
evidence-missing = файла нет.
evidence-extra = файл не относится к выгрузке.
evidence-altered = файл не такой, каким был выгружен.
evidence-altered-line = начиная с этой строки файл не такой, каким был выгружен.
evidence-unreadable = штаб таких строк не пишет.
evidence-manifest-signature = список файлов подписан не штабом.
evidence-root = корневой ключ выборов не тот, который вы назвали.
evidence-config = это не конфигурация под корневым ключом выборов, или одной перед ней нет.
evidence-other-key = корневой ключ выборов не называет ключ этого штаба.
evidence-certificate = у устройства { $device } нет сертификата штаба на этот ключ и эту команду.
evidence-revoked = устройство { $device } отозвано, а здесь этого не сказано.
evidence-order = стоит не по порядку или стоит здесь дважды.
evidence-gap = запись { $seq } устройства { $device } не следует за предыдущей: записей не хватает.
evidence-chain = запись { $seq } устройства { $device } нарушает цепочку: изменены её содержание, номер или хеш.
evidence-unknown-device = устройства { $device } нет среди зарегистрированных.
evidence-unsigned = ни одна подпись устройства { $device } не охватывает запись { $seq } и следующие.
evidence-segment-entries = записи, подписанные устройством { $device } начиная с { $seq }, есть не все или другие.
evidence-segment-signature = подпись устройства под этим сегментом не подходит.
evidence-receipt = расписка за запись { $seq } устройства { $device } не подтверждена журналом.
evidence-receipt-signature = расписка за запись { $seq } устройства { $device } подписана не штабом.
evidence-picture = снимка записи { $seq } устройства { $device } нет, или он не тот, который она называет.
evidence-picture-receipt = расписка за снимок записи { $seq } устройства { $device } подписана не штабом.
evidence-receipt-log = расписка за запись { $seq } устройства { $device } называет журнал поступлений, который не является началом этого.
evidence-checkpoint = контрольная точка — не подпись штаба под этими сегментами.
evidence-earlier-checkpoint = журнал поступлений не продолжает прежнюю контрольную точку: с тех пор сегменты изменены или удалены.

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
error-recovery = { $detail ->
    [mistyped] В запросе описка. Отсканируйте его ещё раз или скопируйте целиком.
    [unknown-key] Запрос запечатан ключом, которого у этого штаба больше нет.
    [other-event] Запрос от устройства другой миссии.
    [unknown-device] Этот штаб не регистрировал устройство, от которого запрос.
    [revoked] Устройство отозвано. Оно не открывается.
   *[damaged] Запрос повреждён.
}
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

# Недостатки книги (docs/FORMS.md). `.fix` говорит, что сделать.
problem-other = Книга нарушает правило ({ $code }).
    .fix = См. docs/FORMS.md.
problem-bad-expression = Выражение не читается, символ { $position }: { $expression }
    .fix = { $reason ->
        [unfinished] Оно обрывается.
        [unclosed_text] Не хватает кавычки.
        [unclosed_reference] Не хватает закрывающей скобки.
        [bad_reference] Имя в фигурных скобках недопустимо.
        [unknown_function] Функции { $found } нет.
        [unsupported_function] Функция { $found } здесь не поддерживается.
        [unsupported_path] Пути здесь не поддерживаются; назовите вопрос в фигурных скобках.
        [wrong_argument_count] У { $found } слишком много или мало аргументов.
        [literal_expected] Здесь нужен постоянный текст.
        [bad_pattern] Шаблон не является регулярным выражением.
        [too_long] Оно слишком длинное.
        [too_many_patterns] В нём больше 16 regex().
        [too_deep] Слишком много вложений.
       *[other] { $found } здесь не на месте.
    }
problem-not-utf8 = Файл не в UTF-8.
    .fix = Сохраните его как CSV UTF-8.
problem-bad-csv = Файл не является CSV: { $detail }
    .fix = Сохраните его как CSV ещё раз.
problem-bad-xlsx = Файл не является книгой Excel: { $detail }
    .fix = Сохраните его как .xlsx ещё раз.
problem-no-sheet = В файле нет ни одного известного листа.
    .fix = Назовите листы survey, choices и settings.
problem-missing-sheet = Такого листа нет.
    .fix = Добавьте его.
problem-unknown-own-column = Столбца с таким именем не бывает.
    .fix = Исправьте имя; полный список в docs/FORMS.md.
problem-duplicate-column = Столбец встречается дважды.
    .fix = Удалите один из них.
problem-missing-namespace = Собственные столбцы используются, но не объявлены на листе settings.
    .fix = Впишите { $expected } в namespaces на листе settings.
problem-bad-form-id = Идентификатор формы не указан или недопустим.
    .fix = Впишите в form_id буквы, цифры, _ или -.
problem-missing-title = У формы нет названия.
    .fix = Заполните form_title или строку title в списке texts.
problem-languages = Языки столбцов не различить.
    .fix = Озаглавьте столбцы так: label::English (en), с кодом языка в скобках.
problem-no-questions = В форме нет вопросов.
    .fix = Добавьте строки на лист survey.
problem-too-many-questions = В форме слишком много вопросов.
    .fix = Разделите её на несколько форм.
problem-missing-type = У строки нет типа.
    .fix = Заполните столбец type или удалите строку.
problem-unknown-type = Типа { $type } не существует.
    .fix = Выберите один из типов в docs/FORMS.md.
problem-unsupported-type = Тип { $type } здесь не поддерживается.
    .fix = Выберите один из типов в docs/FORMS.md.
problem-bad-file = В типе { $type } не указан файл реестра.
    .fix = Напишите select_one_from_file и файл, например stations.csv.
problem-missing-list = В типе { $type } не указан список.
    .fix = Допишите имя списка.
problem-unknown-list = На листе choices нет списка { $list }.
    .fix = Добавьте варианты или исправьте имя.
problem-group-unbalanced = У группы нет конца или у конца нет группы.
    .fix = Закройте каждую begin_group строкой end_group.
problem-missing-name = У строки нет имени.
    .fix = Заполните столбец name.
problem-bad-name = { $name } не годится в имена.
    .fix = Используйте буквы, цифры, _, - и точку; начните с буквы.
problem-duplicate-name = Имя { $name } встречается дважды.
    .fix = Дайте каждой строке своё имя.
problem-missing-label = У { $name } нет текста ни на одном языке.
    .fix = Заполните столбец label.
problem-missing-calculation = { $name } ничего не вычисляет.
    .fix = Заполните столбец calculation.
problem-unknown-reference = Вопроса { $name } нет.
    .fix = Исправьте имя в фигурных скобках.
problem-bare-name = Имя { $name } стоит без скобок.
    .fix = Возьмите его в фигурные скобки после знака доллара.
problem-unknown-list-column = В списке нет столбца { $name }.
    .fix = Добавьте столбец на лист choices или исправьте фильтр.
problem-unsupported-filter = Фильтр { $expression } не поддерживается.
    .fix = Сравнивайте столбцы с ответами через = и соединяйте через and.
problem-unsupported-read-only = В read_only не yes и не no.
    .fix = Впишите yes или оставьте пустым.
problem-cycle = Эти вопросы ждут друг друга: { $names }.
    .fix = Уберите одну из ссылок.
problem-missing-list-name = Вариант не относится ни к одному списку.
    .fix = Заполните столбец list_name.
problem-bad-choice-name = { $name } не годится в коды варианта.
    .fix = Используйте код без пробелов.
problem-duplicate-choice = Вариант { $name } дважды в списке { $list }.
    .fix = Удалите один из них.
problem-unknown-column = Этот столбец никто не читает.
    .fix = Исправьте заголовок или оставьте как заметку.
problem-ignored-type = Тип { $type } пропущен.
    .fix = Делать ничего не нужно.
problem-missing-translation = Нет текста на языке { $language }.
    .fix = Переведите его.
problem-missing-sentence = У правила { $code } нет предложения.
    .fix = Добавьте строку { $code } в список texts.
problem-unused-sentence = Предложение { $code } не относится ни к одному правилу.
    .fix = Удалите его или исправьте имя.
problem-code-without-rule = У { $name } есть код, но нет правила.
    .fix = Напишите правило или удалите код.
problem-filter-without-list = У { $name } есть фильтр, но нет списка.
    .fix = Удалите фильтр.

take-segments = Сегментов в файле: { $segments }.
take-verdict = { $code }: { $count }
take-pictures = Фотографий в файле: { $pictures }.
take-pictures-wait = Фотографии, которые ждут, не сохранены: отчёты, в которых они названы, ещё не поступили. Примите этот файл ещё раз, когда они поступят.
take-receipts = Квитанций: { $receipts }. Передайте обратно этот файл: { $file }
take-no-receipts = Квитанций для возврата нет.
error-bundle = Этот файл нельзя принять ({ $detail }).
error-bundle-of-another = Файл относится к другим выборам ({ $detail }). Ничего не принято.
