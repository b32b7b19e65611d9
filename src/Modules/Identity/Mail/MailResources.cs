namespace Kumiko.Identity.Mail;

/// <summary>The files of <c>Texts</c>, which are inside the assembly.</summary>
internal static class MailResources
{
    public static string Read(string name)
    {
        using var stream = typeof(MailResources).Assembly.GetManifestResourceStream($"Kumiko.Identity.Mail.{name}")!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
