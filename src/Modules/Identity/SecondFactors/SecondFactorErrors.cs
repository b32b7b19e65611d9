namespace Kumiko.Identity.SecondFactors;

internal static class SecondFactorErrors
{
    /// <summary>The type of the answer to the right password without the second factor, so that a page can ask for a code.</summary>
    public const string RequiredType = "/second-factor-required";

    public static Error Required =>
        Errors.Unauthorized("This account has a second factor: send a code of its app, or a recovery code, as 'totp_code'.", RequiredType);

    public static Error WrongAtSignIn => Errors.Unauthorized(WrongText, RequiredType);

    public static Error Off => Errors.NotFound("The second factor of this account is off.");

    public static Error AlreadyOn =>
        Errors.Conflict("", "The second factor of this account is on already. Turn it off first to use another app.");

    public static Error NotPending =>
        Errors.Conflict("", "No authenticator app is waiting for confirmation, or the ten minutes are over. Start again.");

    private static string WrongText =>
        "The code is wrong or was used before. Wait for the next one, and check the clock of the device; or use a recovery code.";

    public static Error Wrong(string field) => Errors.Invalid(field, WrongText);
}
