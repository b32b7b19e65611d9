namespace Kumiko.Identity.Features.EndSession;

internal sealed record EndSessionRequest(long Id, CurrentUser User) : ICommand<ErrorOr<Deleted>>;
