using Kumiko.Identity.Users;

namespace Kumiko.Identity.Features.GetMe;

internal sealed record GetMeRequest(CurrentUser User) : IQuery<ErrorOr<UserRow>>;
