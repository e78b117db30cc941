### The field app's lock and wipe: a device that can be lost. "Destroyed" is said of what nobody can read again.

## Locking

lock-app = Lock
lock-keys = { $keys } locks from every screen.
seconds = { $count } s
setting-leave = Lock after leaving the app
leave-at-once = At once
leave-never = Not for leaving
leave-hint = Leaving means that another window is in front of the app or that nothing of it is seen. Choosing a picture or a file does not count.
pin-wait = Too many wrong PINs. The next one can be tried in
tries-left = { $count ->
    [one] One more wrong PIN destroys everything on this device.
   *[other] { $count } tries are left. Then everything on this device is destroyed.
}
setting-wipe-after = After wrong PINs
wipe-after-never = Only wait longer
wipe-after-most = Destroy after { $count }
wipe-after-hint = So many wrong PINs in a row destroy everything on this device, also if it was switched off in between. The right PIN starts the count anew. Mind that somebody who only wants to do harm can destroy it this way too.

## A forgotten PIN

setting-recovery = When the PIN is forgotten
recovery-refused = Nobody can help
recovery-allowed = Headquarters can help
recovery-hint = To help, headquarters must recognise you and answer a request that this device shows. Whoever takes this device and headquarters' key together could then open it too.
recovery-title = PIN forgotten
recovery-lead = Choose a new PIN. Headquarters' answer will open this device with it, and with nothing else.
recovery-steps = Nothing on this device is lost. Headquarters never learns your PIN.
recovery-ask = Make the request
recovery-show = Show or send this to headquarters, and ring them up so that they recognise you. Their answer can be read out.
recovery-picture = The request as a code
recovery-as-text = The request as text
recovery-answer = Headquarters' answer
recovery-answer-missing = Type or paste headquarters' answer.
recovery-keep-pin = You may close the app meanwhile. Come back here with the same new PIN.
recovery-open = Open with this answer

## The computer's key store

setting-binding = The key store of this computer
binding-off = The PIN alone opens this device.
binding-on = The PIN opens this device on this computer only.
binding-hint = Once this device is bound, a copy of its files opens nowhere else, not even by guessing the PIN: a secret that this computer keeps for you is needed as well. If the key store is lost, the PIN opens nothing here any more. Headquarters can still help, if you allowed it, and a backup opens anywhere with its PIN alone.
binding-title = Bind to this computer
binding-lead = From now on your PIN opens this device only together with the key store of this computer.
binding-bind = Bind
binding-release = Unbind from this computer
binding-silent = The key store does not answer now. Without it the PIN will not open this device again once it is locked. Unbind it or make a backup first.
binding-again = Enter the PIN again
binding-lost = No try was counted. If the secret is lost for good, nothing opens this device any more. A backup can be restored on another device with its PIN alone.
binding-lost-recoverable = No try was counted. If the secret is lost for good, headquarters can help: choose “{ recovery-title }”.

## Destroying everything

wipe = Destroy everything
wipe-section = If the device may be taken from you
wipe-section-lead = The same is on the lock screen, without the PIN.
wipe-title = Destroy everything on this device
wipe-only-here = Headquarters does not have
wipe-reports = { $count ->
    [one] { $count } finished report
   *[other] { $count } finished reports
}
wipe-in-other-hands = { $count ->
    [one] { $count } of them is in other hands too
   *[other] { $count } of them are in other hands too
}
wipe-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
}
wipe-drafts = { $count ->
    [one] { $count } unfinished report
   *[other] { $count } unfinished reports
}
wipe-carried = { $count ->
    [one] { $count } sealed packet that you carry for others
   *[other] { $count } sealed packets that you carry for others
}
wipe-nothing-lost = Headquarters holds everything that was written on this device.
wipe-unknown = The app is locked and cannot know what has not reached headquarters. That is destroyed too.
wipe-keys = Within a second nobody can read again what is kept here, not even you. What headquarters holds stays there.
wipe-afterwards = Then the app is as it was when new. To go on you need a new enrolment code.
wipe-no-pin = This needs no PIN, so that it is quick.
wipe-hold = Press and hold
wipe-holding = Keep holding…
wipe-hold-hint = Until the ring is full. On a keyboard, hold the space bar.
wipe-again = Activate once more to destroy everything.
wiping = Destroying…
keep-locked = Back
wiped = Everything was destroyed
wiped-do = Nothing that was kept on this device can be read any more. A new enrolment code makes it ready again.

## Finished reports that the device itself can no longer open

hours = { $count } h
setting-finished = Answers of finished reports
finished-kept = Keep
finished-removed_when_held = Remove once headquarters holds them
finished-sealed = Seal
finished-hint-kept = Whoever has the PIN can read every finished report on this device.
finished-hint-removed_when_held = Answers, notes and reasons of a report go when its time for corrections is over and headquarters' receipt has come. Until then whoever has the PIN can read them.
finished-hint-sealed = When the time for corrections is over, answers, notes and reasons go, whether headquarters has them or not. What is left is a sealed packet that only headquarters can open.
finished-price = The price: such a report can no longer be read, corrected, taken back or added to here, later visits are not checked against it, and if its sealed packet is damaged before headquarters has it, the report is lost. Place, form and times stay. Photos stay until headquarters holds them.
setting-edit-window = Time for corrections
window-at-once = None
sealing-open = You can correct it until { $time }. Then this device can no longer open it.
sealing-open-held = You can correct it until { $time }. When headquarters holds it, this device can then no longer open it.
sealing-waits = The time for corrections is over. Its answers go when headquarters' receipt comes.
sealing-due = The time for corrections is over. The device is about to seal it.
sealed = Sealed
sealed-lead = This device can no longer open it, since { $time }. Only headquarters can.
sealed-answers = Answers when it was sealed: { $answered }.
sealed-notes = { $count ->
    [one] { $count } note is sealed with it.
   *[other] { $count } notes are sealed with it.
}
sealed-photos = { $count ->
    [one] { $count } photo can still be looked at here, until headquarters holds it.
   *[other] { $count } photos can still be looked at here, until headquarters holds them.
}
sealed-short = Sealed: this device can no longer open it
sealed-until = Open until { $time }
sealed-lost = Sealed packet damaged
sealed-lost-lead = The sealed packet that held this report is damaged. If headquarters does not hold the report, nobody has it any more. Call your coordinator.
sealed-before = { $count ->
    [one] { $count } earlier report about this place is sealed. Answers are checked against it at headquarters only.
   *[other] { $count } earlier reports about this place are sealed. Answers are checked against them at headquarters only.
}
