### Формалар бағдарламасының ескертулері. Формалардың өз ережелерінің өз сөйлемдері бар.

finding-level-info = Мәлімет үшін
finding-level-warn = Тексеріңіз
# ⚠ alert to headquarters
finding-level-alert = Штаб назар аударады
finding-level-block = Аяқтамас бұрын түзету керек
finding-missing = Аяқтау үшін қажет
finding-required = { $questions } сұрағына жауап қажет.
finding-constraint = { $questions } сұрағының жауабы мүмкін шектен тыс.
finding-not_a_choice = { $questions } сұрағының жауабы нұсқалар арасында жоқ. Қайта таңдаңыз.
finding-wrong_kind = { $questions } сұрағының жауабы басқа түрде. Қайта жауап беріңіз.
finding-too_long = { $questions } сұрағының жауабы тым ұзын.
finding-other = { $questions } сұрағын тағы қараңыз ({ $code }).
finding-choice_filtered = { $questions } сұрағының жауабы алдыңғы жауапқа сай келмейді.
finding-exclusive_choice = { $questions } сұрағында «жоқ» және басқа жауап қатар белгіленген. Біреуін қалдырыңыз.
finding-not_in_register = { $questions } сұрағындағы орын тізілімде жоқ. Штаб оны салыстырады.
finding-warning = { $questions } сұрағының жауабы әдеттегідей емес.
# ⚠ alert to headquarters
finding-alert = { $questions } сұрағының жауабы штабқа бірден маңызды.
