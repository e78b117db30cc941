//! Segments that claim or contain too much are refused whole, and cost little.

use baqylau_protocol::*;
use rand_chacha::ChaCha20Rng;
use rand_chacha::rand_core::SeedableRng;

fn body(entries: Vec<Vec<u8>>) -> (DeviceKey, SegmentBody, ChaCha20Rng) {
    let mut rng = ChaCha20Rng::seed_from_u64(1);
    let key = DeviceKey::generate(&mut rng);
    let event = EventId("kz-2011".into());
    let before = Chain::start(&key.public(), &event).hash;
    let body = SegmentBody {
        event,
        device: key.public().id(),
        first_seq: 1,
        before,
        entries,
    };
    (key, body, rng)
}

fn try_seal(entries: Vec<Vec<u8>>) -> Result<Vec<u8>, SealError> {
    let (key, body, mut rng) = body(entries);
    let secret = SealSecret::generate(1, &mut rng);
    seal(&body, &key, &secret.public(), Packing::default(), &mut rng)
}

#[test]
fn what_the_limits_allow_is_sealed_and_one_more_is_not() {
    assert!(try_seal(vec![vec![0; 8]; limits::SEGMENT_ENTRIES]).is_ok());
    assert_eq!(
        try_seal(vec![vec![0; 8]; limits::SEGMENT_ENTRIES + 1]),
        Err(SealError::TooLarge)
    );
    assert_eq!(
        try_seal(vec![vec![0; limits::ENTRY_BYTES + 1]]),
        Err(SealError::TooLarge)
    );
    assert_eq!(
        try_seal(vec![vec![0; limits::ENTRY_BYTES]; 5]),
        Err(SealError::TooLarge)
    );
    assert_eq!(try_seal(Vec::new()), Err(SealError::Empty));
    // Bytes that do not compress fill the wire limit before the unpacked one.
    let noise = |seed: u64| {
        let mut bytes = vec![0; 40_000];
        rand_chacha::rand_core::Rng::fill_bytes(&mut ChaCha20Rng::seed_from_u64(seed), &mut bytes);
        bytes
    };
    assert!(try_seal(vec![noise(1)]).is_ok());
    assert_eq!(try_seal(vec![noise(1), noise(2)]), Err(SealError::TooLarge));
}

#[test]
fn a_reader_with_the_wrong_key_or_dictionary_says_so() {
    let words =
        b"Qap nqyz wvuk jxhd: what only somebody with the very same words at hand can leave out.";
    let (key, body, mut rng) = body(vec![words.to_vec()]);
    let (secret, other) = (
        SealSecret::generate(1, &mut rng),
        SealSecret::generate(2, &mut rng),
    );
    let dictionary = Dictionary {
        bytes: words.to_vec(),
    };
    let packing = Packing {
        level: 19,
        dictionary: Some(&dictionary),
    };
    let bytes = seal(&body, &key, &secret.public(), packing, &mut rng).expect("small");
    assert_eq!(open(&bytes, &[other], &[]), Err(OpenError::UnknownKey(1)));
    let impostor = SealSecret::generate(1, &mut rng);
    assert_eq!(open(&bytes, &[impostor], &[]), Err(OpenError::Sealed));
    let secrets = [secret];
    assert_eq!(
        open(&bytes, &secrets, &[]),
        Err(OpenError::UnknownDictionary)
    );
    let opened = open(&bytes, &secrets, &[dictionary]).expect("key and dictionary");
    assert_eq!(opened.body, body);
    let stranger = DeviceKey::generate(&mut rng);
    assert_eq!(
        opened.verify(&stranger.public()),
        Err(OpenError::BadSignature)
    );
}
