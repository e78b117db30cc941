# Фотографии: как они хранятся и как далеко продвинулась каждая.

photos = Фото
photos-of = Фото к { $report }
photos-none = пока нет
photos-held = принято штабом: { $done } из { $total }
photos-empty = Фотографий пока нет
photos-empty-do = Добавьте снимок знаком камеры рядом с любым вопросом. Здесь будет видно, как далеко он продвинулся.
photos-order = Фото уходят после всех отчётов и заметок; первыми — фото происшествий.
photos-to-go = Осталось отправить

photo-add-on = Добавить фото к { $title }
photo-of = Фото к { $title }
photo-open = Открыть фото к { $title }
photo-choose = Как сохранить фото
photo-choose-lead = То, что камера записала рядом со снимком, например место и время, в любом случае убирается.
photo-large = Исходный снимок занимает { $size }; принимается не больше { $most }.
photo-smaller = Уменьшить, { $size }
photo-as-taken = Оставить как снято, { $size }
photo-remove = Убрать
photo-remove-from = Убрать фото к { $title }
photo-report = К отчёту
photo-report-is = Отчёт
photo-added = Добавлено
photo-size = Размер

photo-state-on_device = Только на этом устройстве
photo-state-waiting = Ждёт отправки
photo-state-begun = Ждёт, отправлено { $done } из { $total }
photo-state-sending = Отправляется, { $done } из { $total }
photo-state-held = Принято штабом
photo-state-removed = Здесь удалён; штаб подтвердил приём до своего восстановления
photo-state-set_aside = Отложено в штабе
photo-carried = { $team } везёт копию с { $time }. Штаб фото ещё не подтвердил.
photo-on-file = Копия лежит в файле с { $time }, никто за неё не расписался. На этом устройстве фото тоже в сохранности.
photo-aside-revoked = Это устройство отозвано.
photo-aside-malformed = Это не тот снимок, который назван в отчёте.
photo-aside-wrong_event = Снимок другой миссии.
photo-aside-unknown_device = Снимок другого устройства.
photo-aside-too_large = Он больше, чем принимает штаб.
photo-aside-other = Код: { $code }

step-picture = Отправка фото
outbox-photos = { $count ->
    [one] Штаб расписался за { $count } фото.
    [few] Штаб расписался за { $count } фото.
   *[other] Штаб расписался за { $count } фото.
}
