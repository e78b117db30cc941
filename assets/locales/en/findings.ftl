### Findings of the form engine. The forms' own rules bring their own sentences.

finding-level-info = For your information
finding-level-warn = Please check
finding-level-alert = Headquarters will look at this
finding-level-block = To be corrected before finishing
finding-missing = Needed before finishing
finding-required = { $questions } needs an answer.
finding-constraint = The answer to { $questions } is outside what is possible.
finding-not_a_choice = The answer to { $questions } is not among the choices. Choose again.
finding-wrong_kind = The answer to { $questions } is of another kind than the question. Answer it again.
finding-too_long = The answer to { $questions } is too long.
finding-other = Please look at { $questions } again ({ $code }).
finding-choice_filtered = The answer to { $questions } does not go with an earlier answer.
finding-exclusive_choice = { $questions } has “none” and something else. Keep one of them.
finding-not_in_register = The place in { $questions } is not in the register. Headquarters will match it.
finding-warning = The answer to { $questions } is unusual.
finding-alert = The answer to { $questions } matters to headquarters at once.
