; Installer for Windows: for the person who starts it, without administrator rights. NOT YET RUN on any Windows.
; Needs Inno Setup 6.3 and the bundle (python packaging\bootstrap.py build). Then:
;   iscc /DVersion=1.2.0 packaging\windows\interview-coach.iss
; Signing waits for a certificate. With one: give /DSign and
;   "/Ssigntool=signtool sign /fd sha256 /td sha256 /tr TIMESTAMP-SERVER $f"
; The candidate's data is in %LOCALAPPDATA%\interview-coach, which nothing here touches: it stays when this is removed.

#ifndef Version
  #error Name the version: iscc /DVersion=1.2.0
#endif
#define Name "Interview Coach"

[Setup]
; Windows knows the program by this from version to version: it never changes.
AppId={{6D1F8C5E-2B0A-4B7C-9A53-1E6E0F1B7C42}
AppName={#Name}
AppVersion={#Version}
AppVerName={#Name} {#Version}
AppPublisher=the Interview Coach contributors
VersionInfoVersion={#Version}
PrivilegesRequired=lowest
DefaultDirName={autopf}\{#Name}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
DisableDirPage=auto
LicenseFile=..\..\LICENSE
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0.17763
OutputDir=..\..\dist
OutputBaseFilename=interview-coach-{#Version}-windows-x64
SetupIconFile=..\..\build\icons\interview-coach.ico
UninstallDisplayIcon={app}\interview-coach.exe
UninstallDisplayName={#Name}
Compression=lzma2/max
SolidCompression=yes
WizardStyle=modern
; A program that runs holds its files: it is asked to end first, and keeps what is typed when it does.
CloseApplications=yes
RestartApplications=no
#ifdef Sign
SignTool=signtool
SignedUninstaller=yes
#endif

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[InstallDelete]
; What an older version had and this one has not.
Type: filesandordirs; Name: "{app}\_internal"

[Files]
Source: "..\..\dist\interview-coach\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\interview-coach.exe"; AppUserModelID: "io.github.interview_coach.InterviewCoach"

[Run]
Filename: "{app}\interview-coach.exe"; Description: "Start {#Name}"; Flags: nowait postinstall skipifsilent
