namespace Kumiko.Demo.Input;

/// <summary>All text found in the folders.</summary>
/// <param name="Files">Text files read.</param>
/// <param name="Binary">Files that aren't text.</param>
/// <param name="Unreadable">Files that are not valid UTF-8.</param>
/// <param name="Suitable">The paragraphs to post.</param>
/// <param name="Unsuitable">The number of paragraphs that the API would reject: too long, or with control characters.</param>
internal sealed record Corpus(int Files, int Binary, int Unreadable, IReadOnlyList<string> Suitable, int Unsuitable)
{
    /// <summary>Reads every file of the folders.</summary>
    public static Corpus Read(IEnumerable<DirectoryInfo> folders)
    {
        int files = 0,
            binary = 0,
            unreadable = 0,
            unsuitable = 0;
        var suitable = new List<string>();
        foreach (var file in TextFile.Find(folders).Select(TextFile.Read))
        {
            switch (file.Kind)
            {
                case FileKind.Binary:
                    binary++;
                    continue;
                case FileKind.Unreadable:
                    unreadable++;
                    continue;
            }

            files++;
            foreach (var paragraph in Paragraphs.Split(file.Text))
            {
                if (Paragraphs.IsSuitable(paragraph))
                    suitable.Add(paragraph);
                else
                    unsuitable++;
            }
        }

        return new Corpus(files, binary, unreadable, suitable, unsuitable);
    }
}
