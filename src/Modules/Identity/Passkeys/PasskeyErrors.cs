namespace Kumiko.Identity.Passkeys;

internal static class PasskeyErrors
{
    /// <summary>The type of the answer to the wrong proof for an account whose highest factor is a passkey.</summary>
    public const string RequiredType = "/passkey-required";

    public static Error Required => Errors.Unauthorized("This account has a passkey: send its answer as 'passkey'.", RequiredType);

    /// <summary>The same for every reason, so that nobody learns which passkeys and accounts exist.</summary>
    public static Error WrongAtSignIn =>
        Errors.Unauthorized("This passkey was not accepted. Sign in in another way, or try another passkey.", "/passkey-refused");

    public static Error Wrong(string field) => Errors.Invalid(field, "This passkey was not accepted. Use a passkey of this account.");

    public static Error NotMade =>
        Errors.Invalid("response", "The passkey was not accepted: it was not made for this site, or without verifying who you are.");

    public static Error ChallengeVoid => Errors.Gone("This took too long, or it was done already. Begin again.");

    public static Error Taken => Errors.Conflict("", "This passkey has been added already.");

    public static Error TooMany => Errors.Conflict("", $"An account has at most {PasskeyRules.PerUser} passkeys. Remove one first.");

    public static Error LastWay =>
        Errors.Conflict("", "You could not sign in without this passkey: the account has no password and no other passkey.");

    /// <summary>What is wrong with an answer that is not one.</summary>
    public const string Unreadable = "This is not the answer of an authenticator, as 'PublicKeyCredential.toJSON()' writes it.";

    public static Error NotFound(long id) => Errors.NotFound($"You have no passkey {id}.");
}
