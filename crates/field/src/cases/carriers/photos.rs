//! Pictures in bundles: own ones sealed, others' taken along, as far as there is room.

use crate::books::Books;
use crate::core::Opened;
use crate::view::{Failure, Load};
use baqylau_domain::{AttachmentHash, Road};
use baqylau_protocol::{Bundle, SegmentHash, limits};
use std::sync::Arc;

/// Bytes of the pictures of one hand-over by network. The whole of it is taken or none, so that pictures must not keep reports
/// from getting through a bad network in three minutes; what stays behind goes with the next.
const NETWORK_BYTES: usize = 8 * 1024 * 1024;
/// What pictures add to a bundle beside their bytes, at most: a list's key and length, and a length before each.
const HEADS_BYTES: usize = 6 + 5 * limits::BUNDLE_PICTURES;

/// Pictures of a bundle, by their names on the road.
#[derive(Default)]
pub(super) struct Photos {
    pub(super) own: Vec<SegmentHash>,
    pub(super) carried: Vec<SegmentHash>,
    /// How many wait that the bundle has no room for.
    pub(super) left: u32,
}

/// Puts as many pictures into a bundle as it has room for, this device's own first, then those of its earlier journals.
/// Everything else is in it already.
pub(super) fn load(
    opened: &Opened,
    load: Load,
    road: Road,
    bundle: &mut Bundle,
) -> Result<Photos, Failure> {
    let mut photos = Photos::default();
    if load == Load::Back {
        return Ok(photos);
    }
    let mut room = match road {
        Road::Codes => 0,
        Road::File => limits::BUNDLE_BYTES,
        Road::Network => NETWORK_BYTES,
    };
    let rest = bundle.encode()?.len() + HEADS_BYTES;
    room = room.min(limits::BUNDLE_BYTES.saturating_sub(rest));
    let clock = Arc::clone(&opened.core.0.clock);
    let now = Books::of(Arc::clone(&opened.session), clock);
    let names = load_own(opened, &now, &mut room, bundle, &mut photos)?;
    opened.session.store.keep_picture_names(&names)?;
    for earlier in opened.session.earlier() {
        let books = opened.books_of(&earlier.session);
        load_own(opened, &books, &mut room, bundle, &mut photos)?;
    }
    if load == Load::All {
        load_carried(opened, room, bundle, &mut photos)?;
    }
    Ok(photos)
}

type Names = Vec<(SegmentHash, AttachmentHash)>;

/// Seals the pictures of one journal, those first that are in nobody's hands. Returns under which names.
fn load_own(
    opened: &Opened,
    books: &Books,
    room: &mut usize,
    bundle: &mut Bundle,
    photos: &mut Photos,
) -> Result<Names, Failure> {
    let elsewhere = books.handed_pictures()?;
    let ids = &*opened.core.0.ids;
    let packed = baqylau_sync::pack_pictures(books, ids, *room, &|it| elsewhere.contains(it))?;
    photos.left += packed.left;
    let mut names = Vec::with_capacity(packed.pictures.len());
    for picture in packed.pictures {
        *room = room.saturating_sub(picture.sealed.len());
        photos.own.push(picture.name.0);
        names.push((picture.name.0, picture.picture));
        bundle.pictures.push(picture.sealed);
    }
    Ok(names)
}

fn load_carried(
    opened: &Opened,
    mut room: usize,
    bundle: &mut Bundle,
    photos: &mut Photos,
) -> Result<(), Failure> {
    let store = &opened.session.store;
    for carried in store.carried_pictures()? {
        let fits = carried.bytes <= room as u64;
        let sealed = fits.then(|| store.carried_picture(&carried.name));
        match sealed.transpose()?.flatten() {
            Some(sealed) => {
                room = room.saturating_sub(sealed.len());
                photos.carried.push(carried.name);
                bundle.pictures.push(sealed);
            }
            None => photos.left += 1,
        }
    }
    Ok(())
}
