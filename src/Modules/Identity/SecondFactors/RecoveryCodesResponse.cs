using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Kumiko.Identity.SecondFactors;

/// <summary>New recovery codes. They are shown this once.</summary>
/// <param name="RecoveryCodes">Ten codes. Each replaces a code of the authenticator app once.</param>
internal sealed record RecoveryCodesResponse(
    [property:
        Length(RecoveryCode.PerList, RecoveryCode.PerList),
        RegularExpression(RecoveryCode.Pattern),
        Example(
            """
                ["4k7d-9m2x-h8qv-t3wz", "c6rn-1b5y-j0gf-p7se", "m9s3-46q3-d25v-t4f5", "v37e-3s3e-28jt-97kb", "6cq6-43dz-vmxx-qkfb",
                 "f5kz-nwj4-7tan-9zt2", "4mnp-zx45-hy43-kwjr", "p1xp-a7z3-dj8f-ssz5", "awsh-8vht-pre9-5b9e", "e0zb-gj09-tqm8-3xss"]
                """
        )
    ]
        IReadOnlyList<string> RecoveryCodes
);

[JsonSerializable(typeof(RecoveryCodesResponse))]
internal sealed partial class RecoveryCodesResponseJson : JsonSerializerContext;
