using System.Text.Json.Serialization;
using Kumiko.Identity.Features.ChangePassword;
using Kumiko.Identity.Features.DeleteMe;
using Kumiko.Identity.Features.GetDiscovery;
using Kumiko.Identity.Features.GetKeySet;
using Kumiko.Identity.Features.GetUser;
using Kumiko.Identity.Features.ListSessions;
using Kumiko.Identity.Features.RefreshTokens;
using Kumiko.Identity.Features.RegisterUser;
using Kumiko.Identity.Features.SignIn;
using Kumiko.Identity.Features.SignOut;
using Kumiko.Identity.Features.UpdateMe;
using Kumiko.Identity.Tokens;
using Kumiko.Identity.Users;

namespace Kumiko.Identity;

/// <summary>What the module reads and writes as JSON, serialised without reflection.</summary>
[JsonSerializable(typeof(RegisterUserRequest))]
[JsonSerializable(typeof(SignInRequest))]
[JsonSerializable(typeof(RefreshTokensRequest))]
[JsonSerializable(typeof(SignOutRequest))]
[JsonSerializable(typeof(UpdateMeRequest))]
[JsonSerializable(typeof(DeleteMeRequest))]
[JsonSerializable(typeof(ChangePasswordRequest))]
[JsonSerializable(typeof(UserResponse))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(ListResponse<SessionResponse>))]
[JsonSerializable(typeof(ProfileResponse))]
[JsonSerializable(typeof(KeySetResponse))]
[JsonSerializable(typeof(DiscoveryResponse))]
[JsonSerializable(typeof(HealthResponse))]
internal sealed partial class IdentityJson : JsonSerializerContext;
