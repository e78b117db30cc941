hq-page-overview = Обзор
hq-page-indicators = Показатели
hq-pages = Страницы
hq-skip = Перейти к содержанию
hq-synthetic = Синтетические данные: участки, группы и ответы придуманы для репетиции.
hq-language = Язык
hq-theme = Цвета
hq-preferences = Язык и цвета
hq-theme-system = Как в системе
hq-theme-light = Светлые
hq-theme-dark = Тёмные
hq-theme-sun = Для солнца

hq-sign-in = Вход в штаб
hq-sign-in-how = Откройте одноразовую ссылку, которую штаб показал при запуске, или вставьте её ключ.
hq-sign-in-key = Одноразовый ключ
hq-sign-in-do = Войти

hq-updated = Обновлено в { $time }
hq-of-expected = из { $expected } ожидаемых
hq-set-aside = отложено: { $count }
hq-ahead = { $count ->
    [one] { $count } происшествие пришло раньше своего журнала
    [few] { $count } происшествия пришли раньше своих журналов
   *[other] { $count } происшествий пришло раньше своих журналов
  }
hq-ahead-lead = Записанное до него ещё в пути; отчёт будет учтён, когда оно придёт.
hq-ahead-row = { $team }, { $place }: завершён { $finished }, получен { $received }
hq-holdings = Устройств на связи: { $devices }, записей журнала: { $entries }, отложенных отчётов: { $aside }.
hq-hours-title = Больше всего отчётов завершено в час с { $hour }: { $count }
hq-hours-tied = Больше всего отчётов за один час: { $count } – столько было в разные часы
hq-hours-unit = Завершено отчётов за час, местное время
hq-hours-chart = Завершённые отчёты по часам и формам
hq-hours-empty = Здесь будут отчёты по часам
hq-hours-empty-how = График начнётся с первой полученной партии.
hq-hour = Час
hq-as-table = Показать таблицей
hq-teams = Группы
hq-teams-caption = Группы, время последней связи и отчёты по формам
hq-teams-empty = Нет молчащих групп
hq-team = Группа
hq-area = Зона
hq-last-heard = Последняя связь
hq-never = не было
hq-ago-now = только что
hq-ago-minutes = { $count } мин назад
hq-ago-hours = { $count } ч назад
hq-team-journals = { $count ->
    [one] { $count } журнал
    [few] { $count } журнала
   *[other] { $count } журналов
}
hq-team-journal = { $device }: регистрация { $enrolled }, последняя связь { $heard }
hq-silent = слишком долго молчит
hq-silent-only = Только молчащие группы ({ $count })

hq-indicators-how = Каждая цифра описывает то, что наблюдали; это не выборка из всех участков. Пропуски и «не знаю» не входят в знаменатель.
hq-find = Найти показатель
hq-find-nothing = Ничего не найдено
hq-break-down = Разбить по
hq-by-nothing = Без разбивки
hq-by-region = Области
hq-by-area = Город или село
hq-by-kind = Тип участка
hq-by-time_band = Время суток
hq-by-team_kind = Вид группы
hq-numerator = Числитель
hq-denominator = Знаменатель
hq-share = Доля
hq-behind = { $forms ->
    [0] За этой цифрой пока нет отчётов
   *[other] Отчёты за этой цифрой: { $forms }
  }
hq-both = форм: { $forms }, участков: { $stations }
hq-published = Опубликовано: { $figure }
hq-matches = Совпадает
hq-differs = Пока расходится
hq-invented = В документах миссии нет: придумано для репетиции.
hq-breakdown-of = Разбивка { $id }
hq-unit-form = формы
hq-unit-case = случаи
hq-unit-station = участки
hq-unit-team = группы
hq-unit-box = ящики
hq-unit-person = лица
hq-unit-commission = комиссии
hq-unit-protocol = протоколы
hq-unit-state = государства
hq-unit-visit = посещения
hq-unit-count = подсчёты

hq-back-indicators = Все показатели
hq-behind-title = Отчёты за { $id }
hq-behind-empty = Пока ни один отчёт не входит в этот показатель
hq-lines = { $from }–{ $to } из { $total }
hq-previous = Назад
hq-next = Дальше
hq-report = Отчёт
hq-station = Участок
hq-observed = Наблюдение
hq-counts = Учтён
hq-counts-numerator = в числителе ({ $amount })
hq-counts-denominator = только в знаменателе
hq-counts-not = не учтён (пропуск или «не знаю»)
hq-revision = Редакция

hq-report-title = Отчёт { $team }, { $place }
hq-verdict = Решение
hq-verdict-accepted = Принят
hq-verdict-quarantined = Отложен
hq-verdict-withdrawn = Отозван группой
hq-verdict-ahead = Пришёл раньше своего журнала, пока не учтён
hq-journal = Записи журнала
hq-findings = Замечания
hq-revision-title = Редакция { $number }
hq-reason = Причина: { $reason }
hq-revision-times = Завершено { $finished }, получено { $received }, подтвердили { $observers }
hq-number = №
hq-question = Вопрос
hq-answer = Ответ
hq-notes = Заметки
hq-photos = Фото
hq-photo-of = Фото к { $title }
hq-photo-held = Получено { $time }
hq-photo-expected = Названо в отчёте, ещё не поступило
hq-photo-aside = Отложено: { $reason }
hq-photo-aside-revoked = устройство отозвано
hq-photo-aside-malformed = это не тот снимок, который назван в отчёте
hq-photo-aside-wrong_event = снимок другого события
hq-photo-aside-unknown_device = снимок другого устройства

hq-error-unreachable = Штаб не отвечает. Страница попробует ещё раз сама.
hq-error-not_signed_in = Вы вышли. Откройте новую одноразовую ссылку.
hq-error-sign_in_refused = Этот ключ не подходит: он уже использован или не самый новый.
hq-error-not_found = По этому адресу ничего нет.
hq-error-bad_request = По этому адресу спрашивают то, чего нет.
hq-error-internal = Штаб не смог ответить; причина в его журнале.
