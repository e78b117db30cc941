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
