using System.Buffers.Text;
using System.Text.Json;

namespace Kumiko.TestHosts.Client;

/// <summary>The claims of an access token, unverified.</summary>
public sealed class Claims
{
    private readonly JsonElement _payload;

    private Claims(string token) => _payload = JsonElement.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));

    public string Session => _payload.GetProperty("sid").GetString()!;

    /// <summary>When the user proved who they are, in seconds since 1970.</summary>
    public long AuthTime => _payload.GetProperty("auth_time").GetInt64();

    /// <summary>How the user proved it.</summary>
    public IReadOnlyList<string> Methods => [.. _payload.GetProperty("amr").EnumerateArray().Select(method => method.GetString()!)];

    /// <summary>The claims of an answer's access token.</summary>
    public static Claims Of(Answer answer) => new(answer["access_token"].GetString()!);

    /// <summary>The claims of the token that somebody uses.</summary>
    public static Claims Of(Caller caller) => new(caller.AccessToken!);
}
