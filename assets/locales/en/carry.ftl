### Reports that go by hand: Carry, Receive and Team. What somebody carries is never said to be at headquarters.

## Three roads

road-file = File
road-network = Network in this room
road-codes = Codes on the screen
packets = { $count ->
    [one] { $count } sealed packet
   *[other] { $count } sealed packets
}
reports-count = { $count ->
    [0] No reports
    [one] { $count } report
   *[other] { $count } reports
}
photos-count = { $count ->
    [one] { $count } photo
   *[other] { $count } photos
}

## Carry

carry = Carry
carry-title = Carry to headquarters
carry-lead = Somebody brings your reports, sealed. They stay on this device too.
carry-own = Own reports
carry-about = { $reports }, about { $size }
carry-nothing = Nothing waits to be carried
carry-nothing-do = Finished reports come here until headquarters holds them.
carry-load = What to hand over
load-all = Everything
load-own = Own reports
load-back = Receipts to bring back
carry-file-for = For a stick or a card that travels by itself. Reports and photos, up to 64 MB at a time.
carry-network-for = The carrier stands beside you, and signs at once for reports and photos. Needs no internet.
carry-codes-for = Neither stick nor network. The other camera reads the codes; they hold up to { $most }.
carry-codes-too-large = Too much for codes: they hold { $most } at most.
carry-codes-no-photos = Photos do not fit in codes.
carry-codes-only-photos = Only photos wait, and they do not fit in codes. Bring them by file or by network.
carry-photos-left = { $count ->
    [one] { $count } photo had no room this time. Hand over once more to bring it too.
   *[other] { $count } photos had no room this time. Hand over once more to bring them too.
}
carry-handed = In other hands
carry-handed-none = Handed to nobody yet.
carry-handed-row = { $road }, { $time }
carry-not-held = Carried is not yet delivered: only headquarters' own receipt says that it holds a report.

## Carry by file

file-where = Where to write it
place-removable = Stick or card: { $name }
place-folder = On this device: { $name }
file-nowhere = No stick, card or folder was found
file-nowhere-do = Plug one in, then look again.
look-again = Look again
file-write = Write the file
file-writing = Writing and reading back…
file-made = Written, read back and compared: { $name }, { $reports }, { $size }.
file-made-next = Give it to somebody who reaches headquarters or a team leader. Nobody has signed for it yet.

## Carry by codes

codes-lead = This screen shows one code after another. The other device reads them in any order; missed ones are made good by those that follow.
codes-show = Show the codes
codes-making = Preparing…
codes-picture = Code for the other device's camera
codes-number = Code { $number } of about { $needed }
codes-paused = Paused at code { $number } of about { $needed }
codes-running = The codes run
codes-rate = { $rate } a second
codes-pause = Pause
codes-run = Run
codes-slower = Slower
codes-faster = Faster
codes-before = Before
codes-next = Next
codes-until = Go on until the other device says that everything is there. This device cannot see that.
codes-receipts-left = { $count ->
    [one] { $count } receipt does not fit in codes. Bring it back by file or by network.
   *[other] { $count } receipts do not fit in codes. Bring them back by file or by network.
}
codes-photos-left = { $count ->
    [one] { $count } photo does not fit in codes. Bring it by file or by network.
   *[other] { $count } photos do not fit in codes. Bring them by file or by network.
}
codes-keys = Keyboard: the space bar pauses, the arrows step, + and − set the speed.

## Carry by the network in the room

network-lead = On the other device: Receive, Network in this room. Both devices join the same network, and its code comes here.
network-code = Code on the carrier's screen
network-code-missing = Enter the carrier's code first.
network-picture = Open a picture of the code
network-no-code = These are codes of reports, not the code of a hand-over. Ask the carrier for that one.
hand-over = Hand over
handing-over = Handing over…
handed-over = { $team } carries it and has signed: { $reports }, { $size }.

## Receive

receive = Receive
receive-title = Receive to carry
receive-lead = Reports of others stay sealed: only headquarters can open them.
receive-from = Who brings it
receive-team = Team
receive-nobody = Not given
receive-name = Or another name
receive-name-only = Name, if you like
receive-name-hint = It stays on this device.
receive-file-for = From a stick, a card or the downloads.
receive-network-for = This device shows a code, and the other one hands over. Needs no internet.
receive-codes-for = With the camera, or from pictures of the other screen.
receive-label = From { $label }
taking-in = Taking it in…
files-found = Files found
files-none = No file of reports was found
files-none-do = Plug the stick in and look again, or choose the file yourself.
file-choose = Choose a file
pictures-open = Open pictures
pictures-hint = Take them with the camera app, one of each code, and open them here all at once.
pictures-reading = Picture { $done } of { $total }
pictures-without = Without a code of ours: { $count }
camera-on = Read with the camera
camera-off = Stop the camera
camera-picture = What the camera sees
camera-hint = Hold the whole code in the picture until everything is there.
camera-refused = The device gave no camera. Take pictures with the camera app and open them here.
codes-read = Codes read
codes-read-of = { $have } of about { $needed }
codes-complete = Everything in these codes is here.
listen = Wait for a hand-over
listen-lead = Both devices join the same network. The code is good for one hand-over and ten minutes.
listening = Waits until { $time }
listen-code = Code for the other device
listen-code-text = The same code as text
listen-copy = Copy the code
listen-copied = Copied
listen-addresses = Addresses of this device
listen-stop = Stop waiting

## What was taken in

taken = Taken in, { $time }
taken-from = From { $label }, { $time }
taken-new = New: { $packets }
taken-known = Known already: { $packets }
taken-own = This device's own, come back: { $packets }
taken-confirmed = { $count ->
    [one] Headquarters holds { $count } more of your reports.
   *[other] Headquarters holds { $count } more of your reports.
}
taken-photos-confirmed = { $count ->
    [one] Headquarters holds { $count } more of your photos.
   *[other] Headquarters holds { $count } more of your photos.
}
taken-receipts-new = New receipts to bring back: { $count }
taken-receipts-known = Receipts known already: { $count }
taken-custody = { $teams } signed for carrying: { $packets }
taken-updated = Forms, register and teams are now the newest.
receive-more = Take in more
taken-nothing = There was nothing in it.
taken-refused-segment = Not taken: { $packets }. { $why }
taken-refused-picture = Photos not taken: { $count }. { $why }
taken-refused-receipt = Receipts not taken: { $count }. { $why }
taken-refused-custody = Carriers' signatures not taken: { $count }. { $why }
taken-refused-config = New forms and register not taken. { $why }
refused-not_a_segment = It is damaged.
refused-not_a_picture = The data is damaged.
refused-no_room = This device carries as many photos as it can. Bring those to headquarters first.
refused-unreadable = It cannot be read.
refused-bad_signature = The signature is not genuine.
refused-wrong_event = It belongs to another election.
refused-another_journal = It speaks of other entries than those of this device.
refused-not_certified = Headquarters does not know the signer.
refused-bad_config = Headquarters did not sign them.
refused-needs_network = Part of them comes only by network.
refused-revoked = This device is revoked. It no longer believes receipts that others bring for more reports.
refused-names_device = They say in plain words whose they are, as older versions did, and are carried no further.
refused-other = Code: { $code }

## Team

team-carried = What you carry
carried-waiting = On the way to headquarters
carried-handed-on = Of these, handed on as well
carried-delivered = Brought to headquarters
carried-receipts = Receipts to bring back
carried-room = Room for more packets
packets-size = { $packets }, { $size }
team-area = Teams of your area
team-lead = A sealed packet holds one or more reports. How many, only headquarters sees.
team-empty = The teams of your area will be here
team-empty-do = Exchange with headquarters once to fetch them.
team-never = Nothing taken over yet
team-last = { $packets } taken over, last { $time }
team-waiting = You carry { $count }
team-handed-on = Handed on: { $count }
team-delivered = Brought to headquarters: { $count }
team-others = Under other names
team-unnamed = Without a name
copy = Copy
copy-title = Copy of what { $team } has not sent
copy-lead = A device that is lost takes with it what it has not sent. A sealed copy on this device is safe from that: nobody can read it here, and whichever of the two gets a network first delivers it.
copy-how = On the device of { $team }: “Carry”, “Network in this room”, and there the code that this device shows next.
