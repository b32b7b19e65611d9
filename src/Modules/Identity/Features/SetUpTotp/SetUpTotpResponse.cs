using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.Features.SetUpTotp;

/// <summary>The secret for an authenticator app, in three forms.</summary>
/// <param name="Secret">For typing: base 32.</param>
/// <param name="Uri">For a link on the device of the app: an <c>otpauth</c> address.</param>
/// <param name="Qr">For the app's camera: a picture, SVG in a <c>data:</c> address.</param>
internal sealed record SetUpTotpResponse(
    [property: RegularExpression("^[A-Z2-7]{32}$"), Example("\"JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\"")] string Secret,
    [property:
        RegularExpression("^otpauth://totp/"),
        Example(
            "\"otpauth://totp/Kumiko:hanako%40example.com?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Kumiko"
                + "&algorithm=SHA1&digits=6&period=30\""
        )
    ]
        string Uri,
    [property: RegularExpression("^data:image/svg\\+xml;base64,"), Example("\"data:image/svg+xml;base64,PHN2Zy8+\"")] string Qr
);

[JsonSerializable(typeof(SetUpTotpResponse))]
internal sealed partial class SetUpTotpResponseJson : JsonSerializerContext;
