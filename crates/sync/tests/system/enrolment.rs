//! Enrolment over a road that loses answers, and answers that are for somebody else.

use crate::answers::Changed;
use crate::delivery::run;
use baqylau_domain::{Role, TeamCode};
use baqylau_protocol::{
    ApiError, Certificate, ConfigError, DeviceKey, EnrolRequest, EventId, HqKey, RootKey, SyncApi,
};
use baqylau_sync::EnrolError;
use baqylau_sync::testing::{ReferenceHq, TestDevice};

#[test]
fn an_enrolment_is_asked_for_three_times_and_then_left() {
    run(async {
        let hq = ReferenceHq::new(1);
        let lost = || ApiError::TimedOut;
        let road = Changed::failing(&hq, vec![lost(), lost()]);
        assert!(TestDevice::enrolled(2, &road, &hq.code()).await.is_ok());
        let road = Changed::failing(&hq, vec![lost(), lost(), lost()]);
        let refused = TestDevice::enrolled(3, &road, &hq.code()).await.err();
        assert_eq!(refused, Some(EnrolError::Api(lost())));
        assert_eq!(road.fails.lock().len(), 0);
        let road = Changed::failing(&hq, vec![lost(), ApiError::Intercepted]);
        let refused = TestDevice::enrolled(4, &road, &hq.code()).await.err();
        let intercepted = EnrolError::Api(ApiError::Intercepted);
        assert_eq!(
            (refused, intercepted.code()),
            (Some(intercepted.clone()), "intercepted")
        );
        assert_eq!(road.fails.lock().len(), 1, "asking again would not help");
    });
}

#[test]
fn an_enrolment_for_somebody_else_is_refused() {
    run(async {
        let hq = ReferenceHq::new(1);
        let (root, key) = (RootKey::from_bytes(&[1; 32]), HqKey::from_bytes(&[2; 32]));
        let own = DeviceKey::from_bytes(&[3; 32]);
        let code = hq.code();
        let request = EnrolRequest::new(hq.code().secret, &own);
        let reply = hq.enrol(request).await.expect("a fresh code");
        let mut config = reply.config.verify(&code.root).expect("by its root");
        config.hq = key.public();
        let certificate = |event: &str, public| Certificate {
            event: EventId(event.into()),
            public,
            pseudonym: String::new(),
            team: TeamCode("T001".into()),
            role: Role::Observer,
            from_ms: 0,
            until_ms: 1,
        };
        let stranger = DeviceKey::from_bytes(&[4; 32]).public();
        let (wrong_event, wrong_device) = (ConfigError::WrongEvent, ConfigError::WrongDevice);
        for (certificate, refusal) in [
            (certificate("kz-2011", own.public()), None),
            (certificate("kz-2012", own.public()), Some(wrong_event)),
            (certificate("kz-2011", stranger), Some(wrong_device)),
        ] {
            let (config, certificate) = (config.sign(&root), certificate.sign(&key));
            let road = Changed {
                enrol: Box::new(move |reply| {
                    reply.config = config.clone();
                    reply.certificate = certificate.clone();
                }),
                ..Changed::of(&hq)
            };
            let mut code = hq.code();
            code.root = root.public();
            let refused = baqylau_sync::enrol(&road, &code, &own).await.err();
            assert_eq!(refused, refusal.map(EnrolError::Config));
        }
        let refused = EnrolError::Config(wrong_event);
        assert_eq!(refused.code(), "enrolment_invalid");
    });
}
