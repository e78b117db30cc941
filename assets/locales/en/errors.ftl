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
error-wiped = That was the last wrong PIN allowed, or somebody asked for it: everything on this device was destroyed.
error-last_try = One more wrong PIN would destroy everything on this device. Lock the app and open it with the right PIN first.
error-key_store_silent = This computer's key store does not answer, so the PIN was not tried. Unlock the key store, or log in to the computer again, and then try once more.
error-key_store_missing = This computer's key store does not have this device's secret, so the PIN was not tried. This may be another computer or another login, or the key store was emptied.
error-weak_pin = Choose a PIN of at least { $least } digits.
error-recovery_not_allowed = Headquarters cannot replace the PIN of this device: nobody had allowed it in the settings.
error-bad_recovery_answer = The answer has a slip in it. Compare it group by group, or scan it.
error-recovery_unfit = This answer does not open the device. It was given to another request, or the new PIN is not the one you chose when you asked.
error-recovery_other_key = This answer does not fit what is on this device. Nothing was changed. Ask headquarters again.
error-bad_enrol_code = The enrolment code has a slip in it. Compare it with the card, or scan it.
error-enrol_refused = { $reason ->
    [code_used] This code was used already. Ask headquarters for a new one.
    [code_expired] This code is too old. Ask headquarters for a new one.
   *[other] Headquarters does not know this code. Ask for a new one.
}
error-unreachable = Headquarters does not answer. Try again when there is a signal.
error-interrupted = The connection broke on the way. Nothing is lost; what did not arrive goes again, in smaller parts.
error-proxy_failed = There is no way through the proxy. Look at its address in the settings, or use another network.
error-bad_proxy = This is no address of a proxy. Write it as 10.0.0.1:3128 or socks5h://127.0.0.1:9050, without a name and a password.
error-captive_portal = This network shows a page of its own in place of headquarters, to sign in or to pay. Open it in a browser first, or try another network. Nothing was sent.
error-not_headquarters = Somebody else answers in place of headquarters. Nothing was sent. Try another network.
error-busy = { $retry_in_s ->
    [one] Headquarters is busy. Try again in { $retry_in_s } second.
   *[other] Headquarters is busy. Try again in { $retry_in_s } seconds.
}
error-bad_reply = Headquarters' answer cannot be used ({ $detail }). Nothing was lost; tell your coordinator.
error-already_syncing = Sending is under way.
error-set_aside = Headquarters keeps the reports of this device apart ({ $reason }). Call your coordinator.
error-journal_forked = Headquarters has seen this device's journal go on in two ways, as after a copy of the device was used. What you write now would be kept apart. Ask your coordinator for a fresh enrolment code and begin a new journal: drafts and unsent reports come with you.
error-journal_whole = This device's journal is whole. There is no reason to begin another.
error-unknown_journal = There is no such earlier journal on this device, or it is open already.
error-store_exists = There are reports on this device. A backup is restored only on a device without any; it never takes the place of what is here.
error-already_restored = This backup is on this device already. Enrol with a fresh code to go on.
error-not_a_backup = This file is not a backup of this app.
error-backup_damaged = This backup is cut off or was changed. Nothing of it was taken. Use another copy.
error-backup_too_new = This backup was made by a newer version of the app. Update the app first.
error-backup_other_event = This backup is of another mission. It stays on this device, and nothing of it is sent.
error-medium_full = There is no room left on the medium you chose. No backup was written; choose another.
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
error-sealed = The report is sealed. This device can no longer open it, change it or add to it; tell headquarters its number.
error-sealed_not_opened = Headquarters cannot open a sealed packet of this device, and it cannot be made anew. What comes after it waits at headquarters. Call your coordinator: the key from that day is needed.
error-sealed_lost = The sealed packet of a report is damaged, and its answers are no longer on this device. What comes after it waits at headquarters. Call your coordinator.
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
error-unknown_picture = This photo is not here any more, or it is in the journal already and stays.
error-picture_too_large = The picture is larger than { $most_kb } kB. Take a smaller one.
error-nothing_to_carry = There is nothing to carry: headquarters holds everything, and no receipt waits to go back.
error-carry_full = This device carries as much for others as it can. Bring it to headquarters first; nothing was taken.
error-bad_label = The name is too long. Shorten it to { $most } characters.
error-not_a_bundle = This is no file of reports. Choose one that ends in “.obsb”.
error-bundle_damaged = The file is damaged or incomplete. Ask for it again; nothing was taken.
error-bundle_too_new = This comes from a newer version of the app. Update the app.
error-bundle_too_large = This is too large to be taken at once. Bring part of it to headquarters first.
error-bundle_other_event = This belongs to another election. Nothing was taken.
error-file_not_written = The file could not be written ({ $detail }). Try another stick or folder.
error-file_differs = What was read back is not what was written. Do not use this stick; the file was removed.
error-file_not_read = The file could not be read ({ $detail }). Try again, or ask for another one.
error-codes_too_large = { $kb } kB are too much for codes on a screen, which hold { $most_kb } kB. Carry it by file or by local network.
error-codes_ended = These codes are no longer shown. Begin again.
error-not_a_code = This is none of our codes. Point the camera at the codes on the other device's screen.
error-codes_damaged = The codes do not fit together. Begin again on both devices.
error-no_code_in_picture = No code of ours is in this picture. Take a sharper one, with the whole code in it.
error-bad_handover_code = There is a mistake in the code. Scan it again from the carrier's screen.
error-already_listening = This device waits for somebody already. Stop that first.
error-no_local_network = This device is in no local network. Join the same one on both devices, or carry by file or codes.
error-carrier_unreachable = The carrier's device does not answer. Join the same network on both devices, and scan a fresh code.
error-not_the_carrier = Another device answered in the carrier's place. Nothing was sent. Scan a fresh code.
error-handover_over = This code was used already or has ended. Ask for a fresh one.
error-carrier_refused = { $reason ->
    [carry_full] The carrier's device is full. Find another carrier, or wait until it was at headquarters.
    [bundle_other_event] The carrier's device is of another election. Nothing was taken.
   *[other] The carrier's device took nothing ({ $reason }). Try again, or carry by file or codes.
}
error-handover_broken = The connection broke. The carrier may have what you sent; hand it over again to be sure. Nothing is doubled by that.
error-carrier_not_believed = The other device could not show that headquarters knows it. Your reports are not in its hands; they stay here.
error-bad_settings = These settings do not exist.
error-disk_full = The device's storage is full. This answer was not saved; make room and enter it again.
error-storage_failed = The device's storage failed ({ $detail }). Lock the app and unlock it again.
error-store_damaged = The data on this device are damaged. They were set aside and kept; call your coordinator.
error-store_too_new = The data on this device are of a newer version of the app. They were set aside and kept; update the app.
error-store_in_use = The app is open in another window. Close that one first.

## Findings of the core itself

finding-place_not_in_register = “{ $place }” is not in the register. Compare the station's number if you can.
