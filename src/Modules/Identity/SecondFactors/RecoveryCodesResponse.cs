using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.SecondFactors;

/// <summary>New recovery codes. They are shown this once.</summary>
/// <param name="RecoveryCodes">Ten codes. Each replaces a code of the authenticator app once.</param>
internal sealed record RecoveryCodesResponse(
    [property:
        Length(RecoveryCode.PerList, RecoveryCode.PerList),
        RegularExpression(RecoveryCode.Pattern),
        Example("[\"4k7d-9m2x-h8qv-t3wz\", \"c6rn-1b5y-j0gf-p7se\"]")
    ]
        IReadOnlyList<string> RecoveryCodes
);

[JsonSerializable(typeof(RecoveryCodesResponse))]
internal sealed partial class RecoveryCodesResponseJson : JsonSerializerContext;
