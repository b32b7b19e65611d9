namespace Kumiko.Identity.Features.EndOtherSessions;

internal sealed record EndOtherSessionsRequest(CurrentUser User) : ICommand<ErrorOr<Deleted>>;
