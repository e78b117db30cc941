//! A bundle as a series of codes on a screen, read by a camera or out of pictures.

use crate::cases::carriers::hand::{Showing, label, progress};
use crate::cases::carriers::load::pack;
use crate::cases::carriers::picture;
use crate::cases::carriers::take_in::take_in;
use crate::commands::{CodeFrameArgs, LoadArgs, TakeCodeArgs, TakePictureArgs};
use crate::core::Opened;
use crate::error::ErrorCode;
use crate::view::{CodePicture, CodeTaken, Codes, Event, Failure, PictureTaken, Reading};
use baqylau_domain::Road;
use baqylau_protocol::{Fountain, Frame, FrameCollector, HandoverCode, limits};
use base64::Engine as _;

/// Series that are read at the same time: somebody may point the camera at another screen and come back.
const AT_ONCE: usize = 4;
/// Series remembered as complete, so that a screen that is still showing one begins nothing anew.
const COMPLETE: usize = 16;

/// Makes a bundle into a series of codes. The one shown before is over.
pub(crate) fn make_codes(opened: &Opened, args: LoadArgs) -> Result<Codes, Failure> {
    let packed = pack(opened, args.load, Road::Codes)?;
    let fountain = Fountain::of(&packed.bytes).map_err(|_| Failure {
        args: [
            ("kb", packed.bytes.len().div_ceil(1000)),
            ("most_kb", limits::FRAMED_BYTES / 1000),
        ]
        .map(|(name, value)| (name.to_owned(), value.to_string()))
        .into(),
        ..ErrorCode::CodesTooLarge.failure()
    })?;
    let codes = Codes {
        set: fountain.set().to_string(),
        needed: fountain.needed(),
        holds: packed.holds,
    };
    *opened.core.0.hands.showing.lock() = Some(Showing {
        set: codes.set.clone(),
        fountain,
    });
    Ok(codes)
}

/// One code of the series that is being shown.
pub(crate) fn code_frame(opened: &Opened, args: CodeFrameArgs) -> Result<CodePicture, Failure> {
    let showing = opened.core.0.hands.showing.lock();
    let shown = showing
        .as_ref()
        .filter(|showing| showing.set == args.set)
        .ok_or_else(|| ErrorCode::CodesEnded.failure())?;
    picture::draw(args.number, shown.fountain.frame(args.number))
}

/// Takes in a code that a camera has read.
pub(crate) fn take_code(opened: &Opened, args: TakeCodeArgs) -> Result<CodeTaken, Failure> {
    let label = label(args.label.as_deref())?;
    let frame = Frame::from_text(&args.text)?;
    take(opened, &frame, label)
}

/// Takes in the codes that a picture shows.
pub(crate) fn take_picture(
    opened: &Opened,
    args: TakePictureArgs,
) -> Result<PictureTaken, Failure> {
    let label = label(args.label.as_deref())?;
    let bytes = base64::engine::general_purpose::STANDARD
        .decode(&args.base64)
        .map_err(|error| ErrorCode::BadArguments.with("detail", error))?;
    let texts = picture::read(&bytes)?;
    let mut taken = PictureTaken {
        found: 0,
        code: None,
        handover: None,
    };
    for text in texts {
        if let Ok(frame) = Frame::from_text(&text) {
            taken.found += 1;
            let code = take(opened, &frame, label.clone())?;
            // What a completed bundle brought is not to be talked over by the code after it.
            if taken.code.as_ref().is_none_or(|code| code.taken.is_none()) {
                taken.code = Some(code);
            }
        } else if HandoverCode::from_text(&text).is_ok() {
            taken.found += 1;
            taken.handover = Some(text);
        }
    }
    if taken.found == 0 {
        return Err(ErrorCode::NoCodeInPicture.failure());
    }
    Ok(taken)
}

fn take(opened: &Opened, frame: &Frame, label: Option<String>) -> Result<CodeTaken, Failure> {
    let set = frame.set();
    let (reading, whole) = {
        let mut readings = opened.core.0.hands.reading.lock();
        if readings.complete.contains(&set) {
            return Ok(complete(frame));
        }
        let at = match readings.open.iter().position(|(open, _)| *open == set) {
            Some(at) => at,
            None => {
                if readings.open.len() == AT_ONCE {
                    readings.open.remove(0);
                }
                readings.open.push((set, FrameCollector::of(frame)));
                readings.open.len() - 1
            }
        };
        let (_, codes) = &mut readings.open[at];
        let whole = codes.take(frame);
        let reading = progress(set, codes);
        if !matches!(whole, Ok(None)) {
            readings.open.remove(at);
        }
        (reading, whole?)
    };
    opened.core.emit(Event::CarriersChanged);
    let Some(bytes) = whole else {
        return Ok(CodeTaken {
            reading,
            taken: None,
            complete: false,
        });
    };
    let taken = take_in(opened, &bytes, label, Road::Codes)?.said;
    let mut readings = opened.core.0.hands.reading.lock();
    if readings.complete.len() == COMPLETE {
        readings.complete.remove(0);
    }
    readings.complete.push(set);
    Ok(CodeTaken {
        reading,
        taken: Some(taken),
        complete: true,
    })
}

fn complete(frame: &Frame) -> CodeTaken {
    let needed = FrameCollector::of(frame).needed();
    CodeTaken {
        reading: Reading {
            set: frame.set().to_string(),
            have: needed,
            needed,
        },
        taken: None,
        complete: true,
    }
}
