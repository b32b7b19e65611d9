namespace Kumiko.BuildingBlocks.Mail;

/// <summary>A mail that was written into a folder.</summary>
/// <param name="Name">The name of its file, without the folder.</param>
/// <param name="At">When it was written.</param>
/// <param name="From">Its sender.</param>
/// <param name="To">Its recipient.</param>
/// <param name="Subject">Its subject.</param>
/// <param name="Text">Its plain text.</param>
/// <param name="Html">The same as an HTML document.</param>
public sealed record WrittenMail(string Name, DateTimeOffset At, string From, string To, string Subject, string Text, string Html);
