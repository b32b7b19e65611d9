using System.Text.Json.Serialization;
using Kumiko.Identity.Passkeys;

namespace Kumiko.Identity.Features.ListPasskeys;

[JsonSerializable(typeof(ListResponse<PasskeyResponse>))]
internal sealed partial class ListPasskeysResponseJson : JsonSerializerContext;
