//! A forgotten PIN: what headquarters can open, what a courier cannot, and what a slip of the pen costs.

use baqylau_domain::DeviceId;
use baqylau_protocol::*;
use proptest::prelude::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng as _;
use zeroize::Zeroizing;

/// The letters of codes: Crockford's base 32.
const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

fn secret(id: u32) -> SealSecret {
    SealSecret::generate(id, &mut ChaCha20Rng::seed_from_u64(id.into()))
}

fn lost(key: u8) -> Recoverable {
    Recoverable {
        event: EventId("kz-2011".to_owned()),
        device: DeviceId([7; 16]),
        key: Zeroizing::new([key; 32]),
    }
}

fn answer_secret(pin: u8) -> AnswerSecret {
    AnswerSecret::from_derived(Zeroizing::new([pin; 32]))
}

fn request(key: u8, pin: u8, seed: u64) -> RecoveryRequest {
    let mut rng = ChaCha20Rng::seed_from_u64(seed);
    let sealed = lost(key).seal(&secret(3).public(), &mut rng);
    RecoveryRequest {
        slot: sealed.expect("sealed"),
        answer_to: answer_secret(pin).public(),
    }
}

fn answer(request: &RecoveryRequest) -> RecoveryAnswer {
    let opened = request.open(&[secret(2), secret(3)]).expect("opened");
    let mut rng = ChaCha20Rng::seed_from_u64(99);
    request.answer(&opened, &mut rng).expect("answered")
}

#[test]
fn headquarters_sees_whose_request_it_is_and_its_answer_opens_with_the_new_pin_alone() {
    let request = request(5, 1, 1);
    let read = RecoveryRequest::from_text(&request.to_text()).expect("read");
    assert_eq!(read, request);
    let opened = read.open(&[secret(2), secret(3)]).expect("opened");
    assert!(opened == lost(5), "event, device and key");
    let answer = RecoveryAnswer::from_text(&answer(&read).to_text().to_lowercase());
    let answer = answer.expect("read as it may be typed");
    let key = answer.open(&request, &answer_secret(1)).expect("opened");
    assert_eq!(*key, [5; 32]);
    let other_pin = answer.open(&request, &answer_secret(2));
    assert_eq!(other_pin.err(), Some(RecoveryError::Sealed));
}

#[test]
fn an_answer_fits_the_request_it_was_given_to_and_no_other() {
    let (first, second) = (request(5, 1, 1), request(5, 1, 2));
    let opened = answer(&first).open(&second, &answer_secret(1));
    assert_eq!(opened.err(), Some(RecoveryError::Sealed));
}

#[test]
fn a_headquarters_without_the_key_says_which_one_is_missing() {
    let opened = request(5, 1, 1).open(&[secret(2)]);
    assert_eq!(opened.err(), Some(RecoveryError::UnknownKey(3)));
    assert_eq!(request(5, 1, 1).slot.seal_key(), 3);
}

#[test]
fn nothing_of_event_device_or_key_can_be_read_in_a_slot() {
    let slot = request(5, 1, 1).slot;
    for word in [b"kz-2011".as_slice(), &[7; 16], &[5; 32]] {
        assert!(!slot.as_bytes().windows(word.len()).any(|part| part == word));
    }
    assert_eq!(RecoverySlot::from_bytes(slot.as_bytes()), Ok(slot));
}

#[test]
fn a_request_fits_one_picture_and_an_answer_can_be_read_out() {
    let request = request(5, 1, 1);
    assert!(request.to_text().len() < 400, "{}", request.to_text().len());
    let groups = answer(&request).to_text().split('-').count() - 1;
    assert!(groups <= 20, "{groups} groups of eight");
}

#[test]
fn a_slot_holds_something_behind_its_key_and_tag() {
    let slot = |follow: u8| {
        let header = [1, 0, 0, 0, 3, 0, follow];
        let bytes = [header.as_slice(), &vec![9; follow.into()]].concat();
        RecoverySlot::from_bytes(&bytes).err()
    };
    assert_eq!(slot(49), None);
    for follow in [0, 17, 48] {
        assert_eq!(slot(follow), Some(RecoveryError::NotASlot), "{follow}");
    }
}

/// Two letters of a group altered so that its check character is still right.
fn slipped_twice(text: &str, group: usize) -> String {
    let mut groups: Vec<Vec<u8>> = text.split('-').map(|it| it.as_bytes().to_vec()).collect();
    let letters = &mut groups[group];
    // The first letter counts once, the second three times.
    for (place, by) in [(0, 3), (1, 31)] {
        let symbol = ALPHABET.iter().position(|it| *it == letters[place]);
        letters[place] = ALPHABET[(symbol.expect("a letter of a code") + by) % ALPHABET.len()];
    }
    String::from_utf8(groups.join(&b'-')).expect("text")
}

#[test]
fn what_the_groups_do_not_notice_the_code_as_a_whole_does() {
    let request = request(5, 1, 1);
    let (asked, answered) = (request.to_text(), answer(&request).to_text());
    for group in 1..asked.split('-').count() {
        assert!(RecoveryRequest::from_text(&slipped_twice(&asked, group)).is_err());
    }
    for group in 1..answered.split('-').count() {
        let read = RecoveryAnswer::from_text(&slipped_twice(&answered, group));
        assert_eq!(read, Err(EnrolCodeError::Checksum), "group {group}");
    }
}

proptest! {
    #[test]
    fn a_changed_slot_or_answer_opens_nothing(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
        let request = request(5, 1, 1);
        let mut slot = request.slot.as_bytes().to_vec();
        let place = at.index(slot.len());
        slot[place] ^= 1 << bit;
        let opened = RecoverySlot::from_bytes(&slot).and_then(|slot| {
            RecoveryRequest { slot, answer_to: request.answer_to }.open(&[secret(2), secret(3)])
        });
        prop_assert!(opened.is_err());
    }

    #[test]
    fn any_text_is_read_without_panic(text in "(BR1|BA1)?[-0-9A-Za-z ]{0,400}") {
        let _ = RecoveryRequest::from_text(&text);
        let _ = RecoveryAnswer::from_text(&text);
    }

    #[test]
    fn a_mistyped_letter_is_noticed(at in any::<prop::sample::Index>(), to in 0..32_usize) {
        let text = answer(&request(5, 1, 1)).to_text();
        let places: Vec<usize> = (4..text.len()).filter(|at| !text[*at..].starts_with('-')).collect();
        let place = places[at.index(places.len())];
        let mut typed = text.clone().into_bytes();
        typed[place] = ALPHABET[to];
        let typed = String::from_utf8(typed).expect("text");
        let read = RecoveryAnswer::from_text(&typed);
        prop_assert_eq!(read.is_ok(), typed == text);
    }
}
