### Замечания самой программы форм. Правила форм приносят свои предложения.

finding-level-info = Для сведения
finding-level-warn = Проверьте
finding-level-alert = Штаб обратит внимание
finding-level-block = Исправить до завершения
finding-missing = Нужно до завершения
finding-required = Нужен ответ на { $questions }.
finding-constraint = Ответ на { $questions } выходит за пределы возможного.
finding-not_a_choice = Ответа на { $questions } нет среди вариантов. Выберите снова.
finding-wrong_kind = Ответ на { $questions } другого вида, чем вопрос. Ответьте снова.
finding-too_long = Ответ на { $questions } слишком длинный.
finding-other = Посмотрите ещё раз { $questions } ({ $code }).
finding-choice_filtered = Ответ на { $questions } не сочетается с прежним ответом.
finding-exclusive_choice = В { $questions } отмечено «нет» и что-то ещё. Оставьте одно.
finding-not_in_register = Места из { $questions } нет в реестре. Штаб сверит его.
finding-warning = Ответ на { $questions } необычен.
finding-alert = Ответ на { $questions } важен для штаба сразу.
