# Photos: how they are kept, and how far each has travelled.

photos = Photos
photos-of = Photos of { $report }
photos-none = none yet
photos-held = held by headquarters: { $done } of { $total }
photos-empty = No photos yet
photos-empty-do = Add one with the camera sign beside any question. It stands here with how far it has travelled.
photos-order = Photos go after all reports and notes, those of incidents first.
photos-to-go = Still to go

photo-add-on = Add a photo to { $title }
photo-of = Photo of { $title }
photo-open = Open the photo of { $title }
photo-choose = How to keep the photo
photo-choose-lead = What the camera wrote beside it, such as place and time, is left out either way.
photo-large = As taken it has { $size }; the most is { $most }.
photo-smaller = Make smaller, { $size }
photo-as-taken = Keep as taken, { $size }
photo-remove = Remove
photo-remove-from = Remove the photo of { $title }
photo-report = Go to the report
photo-report-is = Report
photo-added = Added
photo-size = Size

photo-state-on_device = On this device only
photo-state-waiting = Waits to be sent
photo-state-begun = Waits, { $done } of { $total } sent
photo-state-sending = Sending, { $done } of { $total }
photo-state-held = Headquarters holds it
photo-state-removed = Removed here; headquarters had signed for it before it was restored
photo-state-set_aside = Set aside at headquarters
photo-carried = { $team } carries a copy since { $time }. Headquarters has not signed for it yet.
photo-on-file = A copy lies on a file since { $time }, and nobody has signed for it. The photo is safe on this device as well.
photo-aside-revoked = This device is revoked.
photo-aside-malformed = It is not the photo that the report names.
photo-aside-wrong_event = It belongs to another mission.
photo-aside-unknown_device = It belongs to another device.
photo-aside-too_large = It is larger than headquarters takes.
photo-aside-other = Code: { $code }

step-picture = Sending photos
outbox-photos = { $count ->
    [one] Headquarters signed for { $count } photo.
   *[other] Headquarters signed for { $count } photos.
}
