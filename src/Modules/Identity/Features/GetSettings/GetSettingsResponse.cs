using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.GetSettings;

/// <summary>What an installation lets people do.</summary>
/// <param name="Registration">
/// Who may create an account: anybody (<c>open</c>), whoever was invited (<c>invited</c>), or nobody (<c>closed</c>).
/// </param>
internal sealed record SettingsResponse(
    [property: AllowedValues(RegistrationMode.Open, RegistrationMode.Invited, RegistrationMode.Closed), Example("\"open\"")]
        string Registration
);

[JsonSerializable(typeof(SettingsResponse))]
internal sealed partial class GetSettingsResponseJson : JsonSerializerContext;
