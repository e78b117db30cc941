### Refusals and failures of the field app's core: `error-` and a code of `crates/field/src/error.rs`.

error-unknown_command = This version of the app cannot do that ({ $command }). Update the app.
error-bad_arguments = The app asked in a way that its core does not understand ({ $detail }). Update the app.
error-not_enrolled = This device is not enrolled yet. Enrol it with a code from headquarters.
error-already_enrolled = This device is enrolled already.
error-locked = The app is locked. Enter your PIN.
error-not_allowed = Your role does not include this.
error-wrong_pin = { $retry_in_s ->
    [0] The PIN does not fit. Try again.
    [one] The PIN does not fit. Try again in { $retry_in_s } second.
   *[other] The PIN does not fit. Try again in { $retry_in_s } seconds.
}
error-pin_delay = { $retry_in_s ->
    [one] Wait { $retry_in_s } second before the next PIN.
   *[other] Wait { $retry_in_s } seconds before the next PIN.
}
error-weak_pin = Choose a PIN of at least { $least } digits.
error-bad_enrol_code = The enrolment code has a slip in it. Compare it with the card, or scan it.
error-enrol_refused = { $reason ->
    [code_used] This code was used already. Ask headquarters for a new one.
    [code_expired] This code is too old. Ask headquarters for a new one.
   *[other] Headquarters does not know this code. Ask for a new one.
}
error-unreachable = Headquarters does not answer. Try again when there is a signal.
error-not_headquarters = Somebody else answers in place of headquarters. Nothing was sent. Try another network.
error-busy = { $retry_in_s ->
    [one] Headquarters is busy. Try again in { $retry_in_s } second.
   *[other] Headquarters is busy. Try again in { $retry_in_s } seconds.
}
error-bad_reply = Headquarters' answer cannot be used ({ $detail }). Nothing was lost; tell your coordinator.
error-already_syncing = Sending is under way.
error-set_aside = Headquarters keeps the reports of this device apart ({ $reason }). Call your coordinator.
error-cannot_send = A report cannot be packed for sending ({ $detail }). It stays saved; call your coordinator.
error-device_revoked = Headquarters no longer counts what this device sends. Call your coordinator.
error-app_too_old = This version of the app is too old for headquarters. Update the app; everything stays saved.
error-unknown_form = The mission has no form “{ $form }”.
error-unknown_place = The register has no place “{ $place }”. Search again, or type the place in.
error-place_needed = Choose the place of the visit, or type it in.
error-unknown_report = This device has no such report.
error-unknown_question = The form has no question “{ $question }”.
error-wrong_kind = Question { $question } takes another kind of answer.
error-read_only = Question { $question } is filled in by the app.
error-not_a_choice = The answer is not among the choices of { $question }. Choose again.
error-too_long = The text is too long. Shorten it to { $most } characters.
error-finished = The report is finished. Correct it to change an answer.
error-wrong_state = { $state ->
    [draft] The report is not finished yet.
    [correcting] A correction of this report is under way. Finish it or give it up first.
    [withdrawn] The report was withdrawn.
   *[other] The report's state does not allow this.
}
error-reason_needed = Give a reason.
error-confirmation_needed = Still to confirm: { $missing }.
error-unknown_observer = Observer { $observer } is not of this team.
error-nothing_changed = Nothing was changed. Change an answer, or give the correction up.
error-empty_note = Write the note first.
error-not_a_picture = This is neither a JPEG nor a PNG picture.
error-picture_too_large = The picture is larger than { $most_kb } kB. Take a smaller one.
error-bad_settings = These settings do not exist.
error-disk_full = The device's storage is full. This answer was not saved; make room and enter it again.
error-storage_failed = The device's storage failed ({ $detail }). Lock the app and unlock it again.
error-store_damaged = The data on this device are damaged. They were set aside and kept; call your coordinator.
error-store_too_new = The data on this device are of a newer version of the app. They were set aside and kept; update the app.
error-store_in_use = The app is open in another window. Close that one first.

## Findings of the core itself

finding-place_not_in_register = “{ $place }” is not in the register. Compare the station's number if you can.
