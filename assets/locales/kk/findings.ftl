### Формалар бағдарламасының ескертулері. Формалардың өз ережелерінің өз сөйлемдері бар.

finding-level-info = Мәлімет үшін
finding-level-warn = Тексеріңіз
# ⚠ alert to headquarters
finding-level-alert = Штаб назар аударады
finding-level-block = Аяқтау үшін қажет
finding-required = { $questions } сұрағына жауап қажет.
finding-constraint = { $questions } сұрағының жауабы мүмкін шектен тыс.
finding-not_a_choice = { $questions } сұрағының жауабы нұсқалар арасында жоқ. Қайта таңдаңыз.
finding-wrong_kind = { $questions } сұрағының жауабы басқа түрде. Қайта жауап беріңіз.
finding-too_long = { $questions } сұрағының жауабы тым ұзын.
finding-other = { $questions } сұрағын тағы қараңыз ({ $code }).
