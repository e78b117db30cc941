### The field app's backups and journals that ended. An earlier journal is read and brought to headquarters, and never continued.

## Making a backup

backup = Backup
backup-section-lead = If this device is lost, what it has not sent is lost with it, unless a backup lies elsewhere.
backup-make = Make a backup
backup-protects = It holds everything on this device: reports, drafts, notes and photos. Another device can take all of it over.
backup-limits = It opens with the PIN of now, and whoever has the file can guess that PIN without waiting. A later wipe or sealing on this device does not reach it.
backup-writing = Making the backup…
backup-step-copy = Copying
backup-step-write = Writing
backup-step-check = Reading and comparing
backup-made = Written, read back and compared: { $name }, { $size }, { $time }.
backup-made-next = Keep it apart from the device. Its name and what can be read of it say nothing about you.
backup-lie = Backups that lie there
backup-none = No backup lies there yet.

## Restoring

restore = Restore from a backup
restore-lead = Choose the backup's file. It opens with the PIN that the device had when it was made.
restore-files = Backups found
restore-nowhere = No backup was found
restore-nowhere-do = Plug the stick in, or put the file into the downloads of this device, then look again.
restore-pin = PIN of that time
restore-other = Another file
restore-do = Restore
restoring = Restoring…
file-about = { $size }, { $time }
earlier-waiting = { $count ->
    [one] { $count } earlier journal waits here
   *[other] { $count } earlier journals wait here
}
earlier-waiting-do = Enrol with a new code: its drafts come over, and its reports are brought to headquarters. With the PIN it had it opens at once; with another one you are asked for the old PIN afterwards.

## Earlier journals

earlier = Earlier journals
earlier-lead = Journals that ended. They are read here and brought to headquarters, and nothing is added to them.
earlier-own = This device now writes journal { $device }
earlier-empty = No earlier journals
earlier-empty-do = A journal that came from a backup, or that had to end on this device, will be here.
earlier-restored = From a backup
earlier-forked = It went on in two ways
earlier-corrupt = It was damaged
earlier-too_new = A newer version of the app wrote it
earlier-incomplete = Parts of it were missing
earlier-device = Journal { $device }
earlier-unknown = Whose it is shows when it is open
earlier-since = Taken over { $time }
earlier-finished = Finished reports
earlier-held = Held by headquarters
earlier-drafts = Drafts that came over
earlier-closed = { $count ->
    [one] { $count } not opened
   *[other] { $count } not opened
}
earlier-closed-do = Open it with the PIN it had: then its drafts come over, and its reports are brought to headquarters.
earlier-closed-damaged = Perhaps nothing opens it. Its sealed packets are brought to headquarters all the same.
earlier-pin = PIN it had
earlier-open = Open
earlier-opening = Opening…
earlier-reports-none = It has no finished reports.
earlier-asks = { $count ->
    [one] An earlier journal asks for its PIN
   *[other] { $count } earlier journals ask for their PINs
}
earlier-asks-do = Its drafts have not come over yet, and not all of its reports can be sent.
earlier-look = Look at it
earlier-report = From an earlier journal
earlier-report-lead = It can be read, and nothing can be changed or added.
earlier-correcting = These are the answers of a correction that was not finished. They came over as a draft.

## Where a draft came from

origin-restored = Came over from a backup
origin-other = Came over from an earlier journal
origin-draft-lead = You can go on with it as with any other. If another device has the same draft, agree on who finishes it.
origin-correction-lead = It was begun as a correction of revision { $number }, which stands in the earlier journal. Finishing it files a second report.

## A journal that went on in two ways

forked = This journal went on in two ways
forked-lead = What you finish now is kept apart at headquarters. A new journal puts that right.
anew = Begin a new journal
anew-why = Headquarters has seen this device's journal go on in two ways, as when a copy of the device is used.
anew-what = It keeps both ways and counts the first; what comes from here is kept apart.
anew-how = A new journal puts that right: your drafts come over, and what was not sent is brought to headquarters from the old one.
anew-code = Ask your coordinator for a fresh enrolment code.
anew-pin = PIN of this device
anew-pin-missing = Enter the PIN of this device.
anew-beginning = Beginning anew…
