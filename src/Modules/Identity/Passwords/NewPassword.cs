using Kumiko.Identity.Attempts;

namespace Kumiko.Identity.Passwords;

/// <summary>Takes a new password: hashes it, unless it is known from a data breach.</summary>
internal sealed class NewPassword(PasswordLimiter passwords, BreachLookup breaches)
{
    /// <summary>Hashes a password that its rules and its context allow.</summary>
    /// <param name="caller">The caller whose password it is.</param>
    /// <param name="password">The password.</param>
    /// <param name="field">The JSON name of the password's field.</param>
    /// <param name="count">Counts the hash when its turn has come, before it is computed; an error from it is returned.</param>
    /// <param name="cancellationToken">Cancelled when the caller gives up.</param>
    /// <returns>The hash; 422 if the password is known, 429 when too many wait.</returns>
    public async ValueTask<ErrorOr<string>> HashAsync(
        PasswordCaller caller,
        string password,
        string field,
        Func<CancellationToken, ValueTask<ErrorOr<Success>>>? count,
        CancellationToken cancellationToken
    )
    {
        // The hash first: what limits hashes then limits the look-ups too.
        var hash = await passwords.HashAsync(caller, password, count, cancellationToken);
        if (hash.IsError)
            return hash.Errors;

        return await breaches.ContainsAsync(password, cancellationToken) ? Errors.Invalid(field, BreachLookup.Refusal) : hash;
    }
}
