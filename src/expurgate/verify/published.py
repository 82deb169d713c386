"""Credentials that providers and standards print in their own manuals, test suites and emulators, which open nothing of anybody's.

They stand here as the beginnings of their SHA-256 digests: other scanners read this file, and so do we. Default keys and passwords
of servers do not belong here, for they open the servers of those who left them. docs/rules.md says how to add a value.
"""

from __future__ import annotations

import hashlib

_DIGITS = 16  # of the digest in hexadecimal: 64 bits, which no real value meets by chance

# Who printed them, and the digests; above each where they are printed.
_PRINTED = (
    # https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_access-keys.html,
    # https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html
    (
        "AWS",
        (
            "1a5d44a2dca19669 78314b11be2e5815 e8a0614b6747a06f c6ea27c534f993d3 e21b597ba6b9cafa cb20d34a7adda2f5 "
            "7a898e50dbd5b830 6c4bdd45bcf532df 04114db772716ac0 08249dd24f808d55 0e8ad95d75d71161"
        ),
    ),
    # https://learn.microsoft.com/azure/storage/common/storage-use-azurite
    ("Azure storage emulator", "ed967197261c16a9"),
    # https://learn.microsoft.com/azure/cosmos-db/emulator
    ("Azure Cosmos DB emulator", "eaa6a9190faf5587"),
    # https://learn.microsoft.com/entra/identity-platform/v2-oauth2-auth-code-flow, …/v2-oauth2-client-creds-grant-flow
    ("Microsoft identity platform", "c4f19a4f31a9650a c6862e062b959c45"),
    # https://developers.google.com/identity/protocols/oauth2, https://developers.google.com/recaptcha/docs/faq,
    # https://developers.google.com/maps/digital-signature,
    # https://developers.google.com/workspace/gmail/imap/xoauth2-protocol,
    # https://cloud.google.com/docs/authentication/api-keys
    (
        "Google",
        (
            "03b970ed8171d73b f5e95c9954635b65 97b3ffa5cc740ff9 df16ec800d1407f4 70315961d7e8721f da2e2b733b5b5e24 "
            "0362e1360a11ce84 fa8c21441411fd57 4d44d10ec875bc76 24db7b418325d678 ac9265e56c79b234"
        ),
    ),
    # https://github.com/google/google-authenticator/wiki/Key-Uri-Format
    ("Google Authenticator", "8be5d113c0871ce1 d3873980f248ddeb"),
    # https://developers.cloudflare.com/turnstile/troubleshooting/testing, https://developers.cloudflare.com/fundamentals/api,
    # https://github.com/cloudflare/cloudflare-python
    (
        "Cloudflare",
        (
            "4060ed0ca2678bf6 3b675cf9c99a8468 6ef6c93be1f4ce8f 4c741cf6c71aaf49 d6d6a0807a81cf99 fb8f35129df87662 "
            "1e3e58656012d861 841b4f5b0b34e19a 5e6a8235e121de87 2cd1f6f312c5f208 1c30fa0aedcd4406 d3129d65d4e0ee38 "
            "5d7b5f2a9e44137c 8651e7dbcb3dcc3a"
        ),
    ),
    # https://docs.hcaptcha.com/#integration-testing-test-keys
    ("hCaptcha", "a69c47e0e9deeb99 b779a45bcc479f93 50e4bee074327eba 5da2b544bed6f4ae"),
    # https://www.tencentcloud.com/document/product/436/7778, https://cloud.tencent.com/document/api/213/15693
    ("Tencent Cloud", "69f9c0fc787964f2 f79e0f6dcacea184 722b96de4357b558 4a35caae6fe27ed2"),
    # https://github.com/baidubce/bce-sdk-php
    ("Baidu Cloud", "3e23ce1b7dc28c94 57e640794931f293"),
    # https://help.ovhcloud.com/csm/en-api-getting-started-ovhcloud-api
    ("OVHcloud", "e06cffefc5937a13 50eacdd93aa386e6 855ec2d03b9da3aa"),
    # https://developers.digitalocean.com/documentation/v2
    ("DigitalOcean", "fcd1f7d0fa693e92 b84248e036a595aa"),
    # https://www.linode.com/docs/api
    ("Linode", "3a597c086a2bde18"),
    # https://docs.hetzner.cloud
    ("Hetzner Cloud", "7c84cadc64c77db9"),
    # https://devcenter.heroku.com/articles/authentication
    ("Heroku", "46a1363441bd4346"),
    # https://github.com/akamai/AkamaiOPEN-edgegrid-python#readme
    ("Akamai", "544977007772679b 510882d6365ecb8c 1c40faa4e36bc67d"),
    # https://github.com/minio/minio-go/tree/master/examples (play.min.io)
    ("MinIO", "1bbb9293c38acc5e df452eef23e8cf2c"),
    # https://github.com/ceph/s3-tests/blob/master/s3tests.conf.SAMPLE
    ("Ceph", "0957d38f78349d8b 6fa5dcd0037ed597"),
    # https://supabase.com/docs/guides/local-development, https://github.com/supabase/cli (apps/cli-go/pkg/config)
    (
        "Supabase",
        ("bf1725a8f98bea37 70541e07fd4f900b a064b502e61d27e9 9705102db0d5f99e c85debb55f2f204d b0f3a96ded759f6c 7f59edafa4d502ca"),
    ),
    # https://upstash.com/docs/qstash/howto/local-development
    ("Upstash", "a7b6dc50b241f4f0 b5f1743a394ce39b 54c3b917bfd471e1"),
    # https://developer.hashicorp.com/consul/commands/keygen
    ("Consul", "e7129b9fa4faa2d2"),
    # https://developer.hashicorp.com/nomad/docs/commands/operator/gossip/keyring-generate
    ("Nomad", "5bd2a5eac4b3f6d4"),
    # https://kubernetes.io/docs/concepts/configuration/secret,
    # https://kubernetes.io/docs/reference/access-authn-authz/bootstrap-tokens
    ("Kubernetes", "3002888f967a7086 a4b8b245ab28bc4f a7b580d711ef2807 13fe7a38a57c4605 28d296be3bf525f0 d9f5032d168bd639"),
    # https://bitwarden.com/help/secrets-manager-cli
    ("Bitwarden", "392a070c53d41d2f"),
    # https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps,
    # https://docs.github.com/en/rest/actions/self-hosted-runners,
    # https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
    (
        "GitHub",
        (
            "3543c50b0cb9cea8 bc3ae723f57c6b9e 82e74299544e0073 797c0ce414586cc8 6d7fa4e64d4b1f3e 86007eb367696d32 "
            "0ac25cd47fc2fbbd 0bc74d568394fb8f 54da4a7cf3939854 64c705a5cf4254bc 708142cdecacc33a"
        ),
    ),
    # https://docs.gitlab.com/api/rest/authentication, https://docs.gitlab.com/api/runners
    ("GitLab", "91fa4af81aa08ddd b25630be6d6fbd79 5e1e73a324bcb6b7"),
    # https://docs.slack.dev/authentication/verifying-requests-from-slack,
    # https://docs.slack.dev/interactivity/implementing-slash-commands,
    # https://docs.slack.dev/reference/events/url_verification
    ("Slack", "6adbfd178516c8ef 89f3fb2e6176a05e 1483d4f83d2294fa 304779c4de12ef17"),
    # https://discord.com/developers/docs/reference, …/topics/oauth2, …/topics/rpc, …/resources/webhook
    ("Discord", "02f7ce3c263f85c0 416831fc9be4e694 f800814438b2bf72 8cbf5eb61866cb1b 35cd205c3caa8aa9 3c7743349f5655ff"),
    # https://discordjs.guide/preparations/setting-up-a-bot-application.html
    ("discord.js guide", "e3e3738d4643f177"),
    # https://core.telegram.org/bots/api#authorizing-your-bot, https://core.telegram.org/bots/tutorial,
    # https://github.com/telegramdesktop/tdesktop/blob/dev/docs/api_credentials.md
    ("Telegram", "0b5dd075ccdd03c4 731fa294d036e54f 654b2b06319049d0 773c675cd20ed007"),
    # https://docs.stripe.com/api/authentication, https://docs.stripe.com/keys
    (
        "Stripe",
        (
            "2cafc0970149a84f b1471f544ceeea31 f2d6ca16515033e5 5895b89c8fb33402 7e8de44ea9ecf6d5 69e5a07ccf06bc5a "
            "2d1f7723aabc5c7a e73964679570f924 31e21581323584d4 c4edc446b5ee8606"
        ),
    ),
    # https://developer.paypal.com/api/rest, https://github.com/paypal/PayPal-Python-SDK,
    # https://developer.paypal.com/api/nvp-soap
    (
        "PayPal",
        (
            "4398e3c4364f6558 dd66da24ea1aa2e1 ebb97dca53ecfb66 12b8c1617380b566 f5cab6973909d2ff f6923b49541372c8 "
            "e4aaf31a8460ad4f c0bfe27bf4f50fed e8694f607046ce44"
        ),
    ),
    # https://developer.paypal.com/braintree/docs/guides/client-sdk/setup
    ("Braintree", "24da5cc934572b30"),
    # https://github.com/checkout/checkout-sdk-node, https://www.checkout.com/docs
    ("Checkout.com", "a6c7037e50869df3 09f26015605872d6"),
    # https://docs.adyen.com/development-resources/webhooks/verify-hmac-signatures,
    # https://github.com/Adyen/adyen-python-api-library
    ("Adyen", "e4d12f849ede90f8 f4d60cc5e429b7bf"),
    # https://pay.weixin.qq.com/wiki/doc/api/jsapi.php?chapter=4_3
    ("WeChat Pay", "4ad1bc7cf3cf09f9"),
    # https://github.com/binance/binance-spot-api-docs/blob/master/rest-api.md,
    # https://developers.binance.com/docs/derivatives
    ("Binance", "5ba1ed8425baaa72 23e9efa3ced6e70c 1fbf6d20358e3554 c2cdb5350be92a49"),
    # https://docs.kraken.com/api/docs/guides/spot-rest-auth
    ("Kraken", "40d15f106198fb56"),
    # https://www.okx.com/docs-v5/en
    ("OKX", "477a08c0eb19eedc"),
    # https://documentation.mailgun.com
    ("Mailgun", "9c846fdf0fa8955c 716dd4c8cd7e3649"),
    # https://docs.jiguang.cn/jpush/server/push/rest_api_v3_push
    ("JPush", "e287130c0107dfee 560d125de8ffeb6e d013693d97b58862"),
    # https://pusher.com/docs/channels/library_auth_reference/rest-api, …/auth-signatures
    ("Pusher", "2ee8c736cd651fdf 5d0465d3f39c0991"),
    # https://developer.pagerduty.com/api-reference
    ("PagerDuty", "5d712ba728d81c07 090d679fa256a647 47746dbfe444aaf2"),
    # https://docs.datadoghq.com/api
    ("Datadog", "374b54794dbadf23 9fd48845a784316d"),
    # https://developer.mixpanel.com/reference
    ("Mixpanel", "c5f7de2eed81a633"),
    # https://github.com/configcat/python-sdk/tree/master/samples
    ("ConfigCat", "e96c752b73ee1d48 eba4d7c8b77cddcc"),
    # https://www.contentful.com/developers/docs/references/content-delivery-api, https://github.com/contentful/contentful.js
    ("Contentful", "7258c0f42cfa1cab 3199d53b0ea66f54"),
    # https://github.com/algolia/instantsearch (demo application "latency"), https://docsearch.algolia.com
    ("Algolia", "f7e7896182dcde5d eaf0e7ecef018475 2c3481457d369514 c4358082fb6a95c5"),
    # https://github.com/SocketDev/socket-cli
    ("Socket", "9cab58b24140ee12"),
    # https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_refresh_token_flow.htm
    ("Salesforce", "0f6cdcf49de7c118"),
    # https://shopify.dev/docs/apps/build/authentication-authorization/access-tokens/authorization-code-grant
    ("Shopify", "bc60f5c156476ff6"),
    # https://developers.strava.com/docs/authentication
    ("Strava", "a5950f00dfda287c"),
    # https://www.flickr.com/services/api/auth.oauth.html
    ("Flickr", "4a8b3beb2d408636"),
    # https://github.com/Giphy/GiphyAPI (the public beta key)
    ("Giphy", "e1bb72ff7816ebe8"),
    # https://opencagedata.com/api#testingkeys
    ("OpenCage", "c84719c0f634bad8 d08bc68fb3d2b218 786f839df503af16 4b068420e2eb6e06"),
    # https://openweathermap.org/current (sample calls)
    ("OpenWeather", "bae656572be8a416 359e126884663749"),
    # https://docs.maptiler.com (sample pages)
    ("MapTiler", "03880c520b3b836a"),
    # https://developer.here.com/documentation (the portal's demo application)
    ("HERE", "1bcd69f35f6f4732"),
    # https://developers.deepl.com/docs/getting-started/auth
    ("DeepL", "1baae5c0da7c1d44"),
    # https://developer.x.com/en/docs/authentication/oauth-1-0a/creating-a-signature, …/oauth-2-0/application-only,
    # …/guides/log-in-with-twitter
    (
        "Twitter",
        (
            "8e0628300c16fe38 00b3dc640c9c99fc 0e04efa6bc7d2d51 5aac38e542b76b97 82990559e7afdb58 f58e90883c06b8e3 "
            "8312ca63b6fb876e dcbb97513e86d225 819994820a8ec7d6 ca0805c498879834 07e0af54f9545558 0401312bb13f6aff "
            "760e778aa414dfea ce9dd0992e27554a 89966d9085f678c2 e97c212500d30742"
        ),
    ),
    # https://github.com/postmanlabs/postman-collection-transformer/blob/master/examples/v2.0.0/echo.json (Postman Echo)
    ("Postman", "e5e7a3210841e641 aa2a9470bf365eaf f9f4897149ac7233 b1fc297e108ad933"),
    # https://github.com/mozilla/hawk/blob/main/API.md
    ("Hawk", "b565a141c4095c44"),
    # https://developers.yubico.com/yubikey-val/Validation_Protocol_V2.0.html,
    # https://github.com/Yubico/yubico-c-client/tree/master/tests
    ("Yubico", "e85b4f25a2b5437f 8175ecd7580dd7cd"),
    # https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Authorization
    ("MDN", "ad62d48d8b069026"),
    # https://jwt.io
    ("jwt.io", "7f75367e78812551 da816f9f2c16e6c5 465d9ad5d5528ebe"),
    # https://pyjwt.readthedocs.io/en/stable/usage.html
    ("PyJWT", "bf145d9380bbe05b"),
    # https://openid.net/specs/openid-connect-core-1_0.html, https://openid.net/specs/openid-connect-registration-1_0.html
    ("OpenID Connect", "584b27d64ebc1b33 ad71fb4165536675 9e309cccd311ea64 efb42650fb633dfc 92212b05a8b8f6bb 79498a1f00674029"),
    # https://www.rfc-editor.org/rfc/rfc2617
    ("RFC 2617", "da5a21c9239de3fb afa04b0138c73916 90580f4d2cbac2f6 8c1bbd6464131c7f"),
    # https://www.rfc-editor.org/rfc/rfc4226
    ("RFC 4226", "a6e62ea24f40b937 549c9390539efcfa"),
    # https://www.rfc-editor.org/rfc/rfc5849
    (
        "RFC 5849",
        (
            "80f8b7c904d4a43f cb87c87e4a138d9a 293257ab6495ebb1 2ff8b0fb93aca981 4c20e6f5cc11b937 6aa14267d94944e6 "
            "bb9b1163338b2a51 649e1f5c769e718b 5586407997f5e849 c20fbc2b96183894 b87dad10a32a2d81 33ed71716b5bb50b "
            "9bc0c5f2d31cb398 7a2733b2fec5fa7e 98e3e2d57c942d82"
        ),
    ),
    # https://www.rfc-editor.org/rfc/rfc6749
    (
        "RFC 6749",
        ("6c96130f130ab0d6 00cf4c781dc37003 e9974c507d2a8021 a35b81a7d7927b70 53f5da0aaa93d64c ca7459e2b26776de a71b359a87afde13"),
    ),
    # https://www.rfc-editor.org/rfc/rfc6750
    ("RFC 6750", "b8e148545b13c78b 3e6099e82cea8b70"),
    # https://www.rfc-editor.org/rfc/rfc7009
    ("RFC 7009", "ea9bdfd02c0c412c"),
    # https://www.rfc-editor.org/rfc/rfc7515
    (
        "RFC 7515",
        (
            "8b1b17a9740c068a 5ccf2edb4f070f0b f8123081a22e5c00 ecaa6793a6374193 62948d8334f34cb8 a6c9c8a4ab8279ba "
            "d148e0d7248b1c92 0628318fc9e4401b 25935e9463b9d1dd"
        ),
    ),
    # https://www.rfc-editor.org/rfc/rfc7516
    (
        "RFC 7516",
        (
            "dd663fe0ef531be2 f1e36a582b678af9 bdf011ba80f3a8fa 733da9569eba7c65 ee133d4266dd444b 7fa8589bb9aff19b "
            "f05bc60099e0ea1a 09facff5280a0fc2 4ca1d37f3c4a3204 19979ba542b9b8bb a2bc9685325577df d31ef7d1c1a8792e"
        ),
    ),
    # https://www.rfc-editor.org/rfc/rfc7517
    (
        "RFC 7517",
        (
            "a45404ae333dd955 2e4ff57e9c832eda 57afc11665beb68d 1af39757f13b6f66 f6a52e213060903e 4575c945c868f35d "
            "5748e7050ebb3bfa 7f942c45bba4a16d deeda324b508f83b f380680713cf687e cf42db4b0f78a199 420ee15d7ac6c512 "
            "94724d9f3756f8e7 34ec5229bbaf1dce"
        ),
    ),
    # https://www.rfc-editor.org/rfc/rfc7519
    ("RFC 7519", "8d4ef6536dc8895f"),
    # https://www.rfc-editor.org/rfc/rfc7520
    ("RFC 7520", "0330b11998cbc9ab 243cd6766dfc55fe 8580dd90707d8c51 c10838189a432c83 fde65288758ade65"),
    # https://www.rfc-editor.org/rfc/rfc7591
    ("RFC 7591", "90fd21a668f4b121 5d461d812fae8b3f ac1db344c8d6de58"),
    # https://www.rfc-editor.org/rfc/rfc7616
    ("RFC 7616", "662df3ce332f8490 da04ec719f07cfca bf348d48f46a51d3 eb30d4a2e378c170 e904b553684f70fb"),
    # https://www.rfc-editor.org/rfc/rfc7617
    ("RFC 7617", "d05f6bb1aa2e4ccd d16eedf622d61fda"),
    # https://www.rfc-editor.org/rfc/rfc7636
    ("RFC 7636", "13d31e961a1ad8ec 0d299b1eb548708d"),
    # https://www.rfc-editor.org/rfc/rfc7662
    ("RFC 7662", "c97b628dec750655"),
    # https://www.rfc-editor.org/rfc/rfc7748
    ("RFC 7748", "07a40799806bde89 f55682946ad45bd3"),
    # https://www.rfc-editor.org/rfc/rfc8032
    ("RFC 8032", "099da475a54aacba 80cd0406a778128b dfdcf400fd38f3bc"),
    # https://www.rfc-editor.org/rfc/rfc8037
    ("RFC 8037", "190edf59d5736c3b"),
    # https://www.rfc-editor.org/rfc/rfc8628
    ("RFC 8628", "cfee8a24c17aef53"),
    # https://www.rfc-editor.org/rfc/rfc8693
    ("RFC 8693", "b18cf97d6c8ac382"),
    # https://learn.microsoft.com/openspecs/windows_protocols/ms-nlmp (LM and NT hash of an empty password)
    ("Microsoft", "9febce9f2c53c049 5db21f1ad63d9b33"),
    # https://www.rfc-editor.org/rfc/rfc1321 (MD5 of nothing)
    ("RFC 1321", "f215faf9d88b7f0a"),
    # https://csrc.nist.gov/projects/cryptographic-algorithm-validation-program (SHA-1 and SHA-2 of nothing)
    ("NIST", "07e23ede2756aa3f cd372fb85148700f 2a5049ed45b47005"),
    # https://github.com/bitcoin/bips/blob/master/bip-0032.mediawiki#test-vectors
    (
        "BIP 32",
        (
            "9ff23bc99ee7c331 6ec5f0e63be5ba71 412226a59787fdf8 7fa27c6487b720d7 027f15220e183589 93e28cee01d34e88 "
            "fa146b83df550394 401340acba067fb3 2243ae4c73014469 42010a606042a639 37f4f4b83be29454 58526faf0059f128 "
            "c3e981f8e1c6a201 4ec7efd0add0ac4b e4cd8805007606c1 bebe65f0e0569d62 c14aca8e6d6b82d1 38f45b57d43a7400 "
            "86826de463a4859a 04a564938fd41d29 ed7bfe0ceae813bc 00860ac612128954 75754388723db8ec 9d61c593824c392c "
            "ac17da3e11432de9"
        ),
    ),
    # https://github.com/bitcoin/bips/blob/master/bip-0038.mediawiki#test-vectors (and BIP 49, 84, 86)
    (
        "BIP 38",
        (
            "844810c457a63446 44eca062b872be7e ea77a7e9d172fe8a 36f71b13a8aec750 a9fda3e880223a97 f95ad3148de6a959 "
            "5af315e7b3c1d049 fa6e0b22a0e4ff8f 5f2d6a315e61979a c247e2bbf3ccfae2 0fac83756ab6e08f 1adf8d4c0e5f7f32 "
            "21f540d5706d6cbd 4e56d2b9d164b3e5 38a66fd0c646aefb 3c640a3fa3e3a4f8 4cfbb63f28724d9c 38d1feec95cdda40 "
            "9be9459988cb02db bd7a8db01f51fe47 54551e18aabcf8d2 34cf098f9efaa49d 50d7ec2e1276e6d6 367f8b9c46bb2c31 "
            "2061cafb008c5e4a bfe3c267d5dc1dce c0c2e735180e4775 5320b105d52fc619 dcb207710f022b84"
        ),
    ),
    # https://github.com/bitcoin/bips/blob/master/bip-0084.mediawiki#test-vectors
    ("BIP 84", "14c426fa75e9b33b 56ce7a6c5c2bdd68"),
    # https://github.com/trezor/python-mnemonic/blob/master/vectors.json
    (
        "BIP 39",
        (
            "c557eec878dfd852 ce0e5e2d20c07257 9a852964af186853 ecb0e7ba498c5920 611e8328b63c2a18 11b17ca5ab318d19 "
            "3a64bcd9cea43c0a e323adc0371850fb b2d7e3c71b3d62d4 3c0949435a7e4277 28de975cba297ed6 3342089a8ce13f0b "
            "29aedb051d65bcc8 dcc1cf7a51c35190 64c01e1874fb935e e770e8aa42a869cf 074587c0e30b559d 59c7fbf527d984cf "
            "15f41342748aa6c0 1f1c093daa594e88 a478ddf9060f258b c1db187b992c8ddd 5c8f411d530edc3a 862684f3e0350d40 "
            "69be79ef3c28f55d 1d58019b6396991e d0e51087ada2a520 3b1c5e02107409ea ab6852ad6a0b60be fab604c677e707f0 "
            "a5fe1cb4158ffd2a 44cd5d102d24768b c86399ae30e9151c e96bfc1d78867126 53679fbb856550dc b74f3a09c19c527e "
            "d6da54d12db9eac8 a367550e2c869ad8 18c3d3636d6688c5 b12ee277a669b18f 911f82f811947e3e 88c8a72a0b090c51 "
            "341c225b06c91708 2408520639e57980 82b8af769a9da947 6d828debd306e21a ba321754cd5c8815 844c3ef8614aa237 "
            "cc95a8a1b5e9bf13 74b9cbd15a4e49da ce77cf5265e7f2a1 30452ba5605dd252 315cced05b060a86 6f5e54255162e70e "
            "b2e71100d10bee74 cbd4730574f2674f 6b103c746880fa4e b8ae5c99142647d1 d37c86846d84cb46 1a12a9913dcfeceb "
            "0f388b04e512d7a0 3ca76296cc498e77 c0a883769a42e244 b1bff22ae077ce1a e59ea07fc7f1a4be 649d05d225478939 "
            "662c451cc5886e1d 48bd75693c4525eb 3849a8f0bcacf8cb 867f9f5929a7201c 8de4f35686315bcc 4455fa2e8c170adf"
        ),
    ),
    # https://en.bitcoin.it/wiki/Wallet_import_format, https://en.bitcoin.it/wiki/Private_key
    (
        "Bitcoin wiki",
        ("9d6a2b9d1f01d457 fdf046719486d248 cdfce49713b0b848 6673bbbf0d84f102 28981d08ecff66aa 8a1135d9e9e69fba 55bafb07ac982ddb"),
    ),
    # https://github.com/bitcoinbook/bitcoinbook (chapter 4)
    ("Mastering Bitcoin", "f8c04888a483afe0 39cdd1e0a0bc94e9 cd88dc2c013a7157 d81006c7fe1aebda"),
    # https://hardhat.org/hardhat-network/docs/reference, https://getfoundry.sh/anvil/overview
    (
        "Hardhat",
        (
            "f79cd64f9cea2378 bc1a50966c9e6486 8335c55334821eef b26ab6529d20ebeb 64034b44c579b335 4d3e46eec8244d1d "
            "0aedba9d586f34f9 28e543d3753fc9d1 f070994a85994785 38e69fdd19aefeb4 967f21586cdf1248 0b33e0132123e78d "
            "84bc109b3d59b017 85bde548053aab4b f1513114f60e5e95 5330d388af894c9e a2e06155cb1a424f 4a67d7a0d8a16d6d "
            "b08bdfde9930d920 cf1fc66f853151a4 100546a8b020a55a"
        ),
    ),
    # https://github.com/trufflesuite/ganache (--wallet.deterministic)
    (
        "Ganache",
        (
            "9c5d0a6656e5d3f3 578592185588730b 30e55f5463e22af0 70b801afae94d2e6 0bc9fde2b028e3b0 f51c2c795f782308 "
            "6dea34b661141091 faeb1dab5a326eef 196fbadca8b7eea6 ecd5e9d0b08a8a9f 3fd5610ee03a3503"
        ),
    ),
    # https://archive.trufflesuite.com/docs/truffle (truffle develop)
    (
        "Truffle",
        (
            "b83e96417f61cb14 e4f1734df0250d54 7d1b5fc238610328 33f532fd39fa0d77 728383dec6323112 664b73b16aa57748 "
            "e4639de7f01667f6 98a38f6dad3f47af c15f3d9dfdc98389"
        ),
    ),
    # https://docs.ethers.org (shared default keys of the providers), https://docs.ethers.org/v5/api/signer
    ("ethers", "dddb5c32e423345c 0dec272a05c648a7 8bbdc62331f17e54 a8ebac8acf78750e"),
    # https://github.com/scaffold-eth/scaffold-eth-2 (shared default key)
    ("Scaffold-ETH", "1e79c9e5cf21f86f"),
    # https://docs.web3js.org
    ("web3.js", "95e82a7ebb036b3c 62b63bc4ca11f81c"),
    # https://github.com/ethereum/go-ethereum (crypto/crypto_test.go)
    ("go-ethereum", "6298b3393a19a082 2c48f83fb2167153"),
    # https://goethereumbook.org
    ("Ethereum Development with Go", "56fab02d8a4967a4"),
    # https://besu.hyperledger.org/private-networks/reference/accounts-for-testing
    ("Besu", "4cfb016765dfceca f24167accb5d690f 07f935b61d37e0e5"),
    # https://github.com/ava-labs/avalanchego/blob/master/genesis/genesis_local.go
    ("Avalanche", "3efd669b4ea7e1a0 652f9792f46b71b3"),
    # https://docs.arbitrum.io/run-arbitrum-node/run-nitro-dev-node
    ("Arbitrum", "49b5d8cdf55a73a0"),
    # https://github.com/matter-labs/local-setup (rich wallets)
    ("zkSync", "d60ee2ade1fa21b2"),
    # https://github.com/polkadot-js/common/blob/master/packages/keyring/src/testing.ts, https://docs.substrate.io
    (
        "Polkadot",
        (
            "d16d608fce743a04 4b0e0a8ab30fc676 32311f853461e02e 47b979ea666dea43 91d925a05335df89 78f7e7c9412c43db "
            "842fb46e3ceb1b98 cf59a0227b1c4e0a 248170768e00c539 71202ca81360c04f 50102a7461c95f40 3d350995b9794371 "
            "31d9489705df8e82 0a9f9c4b6c75659e a11ee53bcfb6e756"
        ),
    ),
    # https://xrpl.org/docs/infrastructure/testing-and-auditing,
    # https://xrpl.org/docs/references/http-websocket-apis/admin-api-methods/key-generation-methods/wallet_propose
    ("XRP Ledger", "97380bed40c76b62 5a86d52ee2343dfc 518eb8d58afc53cd 42ae953657cb1894"),
    # https://github.com/stellar/quickstart (root account of the standalone network)
    ("Stellar", "d4b33a4473b25606"),
    # https://developers.eos.io (development key of eosio)
    ("EOS", "afbba580d405d29c"),
    # https://opentezos.com, https://tezos.gitlab.io (sandbox accounts alice and bob)
    ("Tezos", "5aa88a2bde042bb9 33bdbeb4cc222766"),
)
_PUBLISHERS = {digest: name for name, digests in _PRINTED for digest in digests.split()}


def publisher(value: bytes) -> str | None:
    """The provider or standard that printed exactly this value, or None. The padding of base 64 and a leading `0x` do not count."""
    return _PUBLISHERS.get(digest(value))


def digest(value: bytes) -> str:
    """What stands in the table for a value."""
    return hashlib.sha256(value.rstrip(b"=").removeprefix(b"0x")).hexdigest()[:_DIGITS]
