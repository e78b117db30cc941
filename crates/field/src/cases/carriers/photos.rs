//! Pictures in bundles: own ones sealed, others' taken along, as far as there is room.

use crate::books::Books;
use crate::core::Opened;
use crate::view::{Failure, Load};
use baqylau_domain::{AttachmentHash, Road};
use baqylau_protocol::{Bundle, SegmentHash, limits};
use baqylau_store::CarriedPicture;
use baqylau_sync::{Journal as _, SyncError};
use std::sync::Arc;

/// Bytes of the pictures of one hand-over by network: any one picture, or some of the usual size. The whole of it is taken or
/// none, so that pictures must not keep reports from getting through a bad network in three minutes; what stays behind goes
/// with the next.
const NETWORK_BYTES: usize = limits::PICTURE_WIRE_BYTES;
/// What pictures add to a bundle beside their bytes, at most: a list's key and length, and a length before each.
const HEADS_BYTES: usize = 6 + 5 * limits::BUNDLE_PICTURES;

/// Pictures of a bundle, by their names on the road.
#[derive(Default)]
pub(super) struct Photos {
    pub(super) own: Vec<SegmentHash>,
    pub(super) carried: Vec<SegmentHash>,
    /// How many wait that the bundle has no room for, or that cannot be read.
    pub(super) left: u32,
}

/// Puts as many pictures into a bundle as it has room for; everything else is in it already. First those that are in nobody's
/// hands, this device's own before others', then those of earlier journals, and last those of which somebody has a copy: so
/// the next hand-over brings others. What fails with them leaves them behind and costs nothing else.
pub(super) fn load(
    opened: &Opened,
    load: Load,
    road: Road,
    bundle: &mut Bundle,
) -> Result<Photos, Failure> {
    if load == Load::Back {
        return Ok(Photos::default());
    }
    let mut loading = Loading {
        opened,
        room: room(road, bundle)?,
        bundle,
        photos: Photos::default(),
    };
    let clock = Arc::clone(&opened.core.0.clock);
    let now = Books::of(Arc::clone(&opened.session), clock);
    let handed = now.handed_pictures()?;
    let mut carried = Vec::new();
    if load == Load::All {
        carried = opened.session.store.carried_pictures()?;
    }
    loading.own(&now, &|it| !handed.contains(it));
    loading.carried(carried.iter().filter(|it| !it.is_handed_on));
    for earlier in opened.session.earlier() {
        loading.own(&opened.books_of(&earlier.session), &|_| true);
    }
    loading.own(&now, &|it| handed.contains(it));
    loading.carried(carried.iter().filter(|it| it.is_handed_on));
    Ok(loading.photos)
}

fn room(road: Road, bundle: &Bundle) -> Result<usize, Failure> {
    let most = match road {
        Road::Codes => return Ok(0),
        Road::File => limits::BUNDLE_BYTES,
        Road::Network => NETWORK_BYTES,
    };
    let rest = bundle.encode()?.len() + HEADS_BYTES;
    Ok(most.min(limits::BUNDLE_BYTES.saturating_sub(rest)))
}

struct Loading<'a> {
    opened: &'a Opened,
    room: usize,
    bundle: &'a mut Bundle,
    photos: Photos,
}

impl Loading<'_> {
    /// Seals the wanted pictures of one journal.
    fn own(&mut self, books: &Books, wanted: &dyn Fn(&AttachmentHash) -> bool) {
        if let Err(error) = self.try_own(books, wanted) {
            tracing::error!(code = error.code, "own pictures stay behind");
            let pending = books.pending_pictures().unwrap_or_default();
            let wanted = pending.iter().filter(|it| wanted(&it.photo.hash));
            let left = u32::try_from(wanted.count()).unwrap_or(u32::MAX);
            self.photos.left = self.photos.left.saturating_add(left);
        }
    }

    fn try_own(
        &mut self,
        books: &Books,
        wanted: &dyn Fn(&AttachmentHash) -> bool,
    ) -> Result<(), Failure> {
        let ids = &*self.opened.core.0.ids;
        let packed = baqylau_sync::pack_pictures(books, ids, self.room, wanted)?;
        let names = packed.pictures.iter().map(|it| (it.name.0, it.picture));
        books
            .keep_picture_names(&names.collect::<Vec<_>>())
            .map_err(SyncError::from)?;
        self.photos.left += packed.left;
        for picture in packed.pictures {
            self.room = self.room.saturating_sub(picture.sealed.len());
            self.photos.own.push(picture.name.0);
            self.bundle.pictures.push(picture.sealed);
        }
        Ok(())
    }

    fn carried<'b>(&mut self, pictures: impl Iterator<Item = &'b CarriedPicture>) {
        let store = &self.opened.session.store;
        for carried in pictures {
            let fits = carried.bytes <= self.room as u64;
            let sealed = fits.then(|| store.carried_picture(&carried.name));
            if let Some(Ok(Some(sealed))) = sealed {
                self.room = self.room.saturating_sub(sealed.len());
                self.photos.carried.push(carried.name);
                self.bundle.pictures.push(sealed);
            } else {
                self.photos.left += 1;
            }
        }
    }
}
